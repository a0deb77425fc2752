// npm run bench: ratios, measured in one run, because machines are noisy. Every part prints its own lines.
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "bench");
const wanted = process.argv.slice(2);
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith(".js") && !name.startsWith("_"))
  .sort()) {
  const name = file.replace(/\.js$/, "");
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { run } = await import(join(folder, file));
  console.log(`\n${name}`);
  await run();
}
