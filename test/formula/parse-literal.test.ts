import { expect, test } from "vitest";
import { parseFormula } from "../../src/formula/parse.ts";

// A space in front takes the long way, through tokens: what it gives there, one place further on, is what is right.
test.each([
  "0",
  "007",
  "2000",
  "0.0001 GB",
  "70%",
  "70 %",
  "16 vCPU",
  "1s",
  "2 min",
  "3 in",
  "5 streams",
  "1e5",
  "1.",
  "1234567890123456",
  "0.00000000000001",
  "2  ms",
])("%s reads the same with and without tokens", (text) => {
  const direct = parseFormula(text);
  const long = JSON.parse(
    JSON.stringify(parseFormula(` ${text}`), (key, value) => (key === "start" || key === "end" ? value - 1 : value)),
  );
  expect(JSON.parse(JSON.stringify(direct))).toEqual(long);
});
