// Runs the program as a user would, in this process: arguments in, exit code and what was written out.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../src/cli/main.ts";
import { type Result, resultSchema } from "../src/result/schema.ts";

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

export async function archcost(argv: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const code = await main(argv, {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: { ARCHCOST_TODAY: "2026-11-23", ...env },
    cwd: () => process.cwd(),
  });
  return { code, stdout, stderr };
}

/** Runs a scenario text through `archcost run --format json`; throws what was said when it does not come to a result. */
export async function runText(text: string, argv: readonly string[] = []): Promise<Result> {
  return withFile(text, async (file) => {
    const ran = await archcost(["run", file, "--format", "json", "--quiet", ...argv]);
    if (ran.code !== 0) throw new Error(`exit ${ran.code}\n${ran.stderr}`);
    return resultSchema.parse(JSON.parse(ran.stdout));
  });
}

export async function withFile<T>(text: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "archcost-test-"));
  try {
    const file = join(folder, "scenario.yaml");
    writeFileSync(file, text);
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
