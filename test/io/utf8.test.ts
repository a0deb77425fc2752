// A byte that is no UTF-8 is an error with its place: read on as a replacement mark it would be another name, or another number.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readUserFile } from "../../src/io/read.ts";
import { archcost } from "../run.ts";

const LATIN1 = 0xe9;
const GOOD = `scenario: x
region: us-east-1
as_of: 2026-11-23
workload: { unit: order, driver: orders, throughput: orders / 1 month }
variables: { orders: 1000 }
architectures: { a: { components: { c: { service: aws/sqs, messages: orders } } } }
`;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "archcost-utf8-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, ...parts: readonly (string | readonly number[])[]): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, Buffer.concat(parts.map((part) => Buffer.from(typeof part === "string" ? part : [...part]))));
  return path;
}

describe("the first byte that is wrong", () => {
  test.each([
    ["Latin-1 within a line", ["ab\ncd", [LATIN1], "f"], "0xE9 at offset 5, in line 2"],
    ["Latin-1 as the last byte", ["é\n", [LATIN1]], "0xE9 at offset 3, in line 2"],
    ["a byte that only goes on", ["é", [0x80]], "0x80 at offset 2, in line 1"],
    ["a character of four, cut after three", ["ab", [0xf0, 0x9f, 0x98]], "0xF0 at offset 2, in line 1"],
    ["a character of four, broken at its last", [[0xf0, 0x9f, 0x98, 0x41]], "0xF0 at offset 0, in line 1"],
    ["half a pair of UTF-16", ["a", [0xed, 0xa0, 0x80]], "0xED at offset 1, in line 1"],
    ["the mark of UTF-16", [[0xff, 0xfe, 0x61, 0x00]], "0xFF at offset 0, in line 1"],
    ["far behind", ["x".repeat(300_000), [0xc0]], "0xC0 at offset 300000, in line 1"],
  ])("%s", (_, parts, expected) => {
    const read = readUserFile(file("s", ...parts));
    expect("problem" in read ? read.problem : "").toContain(`is not UTF-8: byte ${expected} `);
  });

  test.each(["", "é😀", "\ufeffscenario", "\ufffd"])("what is UTF-8 is read as it is: %j", (text) => {
    expect(readUserFile(file("s", text))).toEqual({ text: text.replace(/^\ufeff/, "") });
  });
});

describe("whatever is read", () => {
  test.each(["run", "check", "explain", "sweep"])("a scenario: %s", async (command) => {
    const path = file("s.yaml", "# caf", [LATIN1], `\n${GOOD}`);
    const more = { explain: ["a"], sweep: ["--vary", "orders=1,2"] }[command] ?? [];
    const ran = await archcost([command, path, ...more]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain(`${path} is not UTF-8: byte 0xE9 at offset 5, in line 1`);
  });

  test("prices of one's own", async () => {
    file("prices/aws/sqs/quotas.yaml", "# ", [LATIN1], "\n");
    const ran = await archcost(["run", file("s.yaml", GOOD), "--pricing", join(folder, "prices")]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("is not UTF-8: byte 0xE9 at offset 2, in line 1");
  });

  test("cases", async () => {
    const ran = await archcost(["cases", file("s.yaml", GOOD), file("cases.csv", "orders,caf", [LATIN1], "\n1,2\n")]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain("cases.csv is not UTF-8: byte 0xE9 at offset 10, in line 1");
  });

  test("a trace", async () => {
    file("trace.csv", "time\n", [LATIN1], "\n");
    const ran = await archcost(["simulate", file("s.yaml", GOOD), "--trace", "trace.csv"]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain("is not UTF-8: byte 0xE9 at offset 5, in line 2");
  });

  test("a file of budgets and a stored result", async () => {
    const scenario = file("s.yaml", GOOD);
    for (const option of ["--budgets", "--baseline"]) {
      const ran = await archcost(["check", scenario, option, file("other.json", [LATIN1])]);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain("other.json is not UTF-8: byte 0xE9 at offset 0, in line 1");
    }
  });
});
