// One mistake a file, and beside it what people read about it. A new message: `npx vitest run test/diagnostics -u`, and look.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Problems } from "../../src/diagnostic/diagnostic.ts";
import { renderDiagnostics } from "../../src/diagnostic/render.ts";
import { readScenario } from "../../src/scenario/read.ts";
import { archcost } from "../run.ts";

/** Told on reading; those of `model` and `levers` when the scenario is linked to prices, by the program as a whole. */
const KINDS = ["yaml", "scenario", "model", "levers"];

const mistakes = KINDS.flatMap((kind) =>
  readdirSync(join(import.meta.dirname, kind))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => ({ kind, name: file.replace(/\.yaml$/, "") })),
);

test.each(mistakes)("$kind: $name", async ({ kind, name }) => {
  const path = join(import.meta.dirname, kind, name);
  const command = { model: "run", levers: "levers" }[kind];
  const told =
    command === undefined ? toldByRead(path, name) : await toldBy(command, `test/diagnostics/${kind}/${name}.yaml`);
  await expect(told).toMatchFileSnapshot(`${path}.txt`);
});

function toldByRead(path: string, name: string): string {
  const problems = new Problems();
  readScenario(`${name}.yaml`, readFileSync(`${path}.yaml`, "utf8"), problems);
  expect(problems.hasErrors).toBe(true);
  return `${renderDiagnostics(problems.list)}\n`;
}

async function toldBy(command: string, file: string): Promise<string> {
  const { code, stdout, stderr } = await archcost([command, file]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  return stderr;
}

test("no message blames, shouts or says that something is invalid", () => {
  for (const { kind, name } of mistakes) {
    const shown = readFileSync(join(import.meta.dirname, kind, `${name}.txt`), "utf8");
    expect(shown).not.toMatch(/invalid|illegal|\w!$|please|zod|undefined|\[object/im);
  }
});
