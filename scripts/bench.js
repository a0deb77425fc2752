// npm run bench: ratios, measured in one run, because machines are noisy. Every part prints its own lines, and gives rows
// of what it found for the table at the end: what, goal, figure, peer.
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "bench");
const wanted = process.argv.slice(2);
const rows = [];
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith(".js") && !name.startsWith("_"))
  .sort()) {
  const name = file.replace(/\.js$/, "");
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { run } = await import(join(folder, file));
  console.log(`\n${name}`);
  rows.push(...(await run()));
}
const table = [["what", "goal", "figure", "peer"], ...rows];
const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column].length)));
console.log(`\n${table.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join("  ")).join("\n")}`);
