// The built program in this process, as the command would run it.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { main } = createRequire(import.meta.url)(join(ROOT, "dist", "archcost.cjs"));
/** Where the files of a case lie; the program runs here. */
export const folder = mkdtempSync(join(tmpdir(), "archcost-fuzz-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** What the program writes and its exit code; `why` is what is wrong whatever the input was. */
export async function runProgram(argv) {
  const written = { stdout: "", stderr: "" };
  const streamTo = (name) => ({
    write: (chunk) => {
      written[name] += chunk;
      return true;
    },
  });
  const io = {
    stdout: streamTo("stdout"),
    stderr: streamTo("stderr"),
    env: { ARCHCOST_TODAY: "2026-11-23" },
    cwd: () => folder,
  };
  try {
    const code = await main(argv, io);
    return { code, ...written, why: faultOf(code, written.stdout + written.stderr) };
  } catch (error) {
    return { code: 70, ...written, why: error instanceof Error ? error.stack : String(error) };
  }
}

function faultOf(code, text) {
  if (![0, 1, 2].includes(code)) return `exit code ${code}`;
  if (/^\s+at .+:\d+:\d+\)?$/m.test(text)) return "a stack trace";
  if (code === 2 && !/error/.test(text)) return "exit code 2 without a diagnostic";
  return undefined;
}
