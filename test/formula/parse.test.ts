import { expect, test } from "vitest";
import { parseFormula } from "../../src/formula/parse.ts";
import type { Expr } from "../../src/formula/syntax.ts";

/** The tree with every operation in brackets, so that a test shows how the text was read. */
function shape(expr: Expr): string {
  switch (expr.kind) {
    case "number":
      return `${expr.value}`;
    case "unit":
      return expr.unit;
    case "literal":
      return `${expr.value}_${expr.unit}`;
    case "text":
      return `'${expr.value}'`;
    case "name":
      return expr.path.join(".");
    case "lookup":
      return `${expr.table}[${expr.key}].${expr.column}`;
    case "unary":
      return `(${expr.op} ${shape(expr.operand)})`;
    case "binary":
      return `(${shape(expr.left)} ${expr.op} ${shape(expr.right)})`;
    case "in":
      return `(${shape(expr.value)} in ${expr.options.map(shape).join(" | ")})`;
    case "call":
      return `${expr.name}(${expr.args.map(shape).join(", ")})`;
    default:
      return expr satisfies never;
  }
}

function read(text: string): Expr {
  const parsed = parseFormula(text);
  if ("problems" in parsed) throw new Error(`${text}: ${parsed.problems.map((p) => p.message).join("; ")}`);
  return parsed.expr;
}

test.each([
  { text: "a - b - c", is: "((a - b) - c)", why: "from left to right" },
  { text: "a / b * c", is: "((a / b) * c)", why: "from left to right" },
  { text: "a + b * c", is: "(a + (b * c))", why: "products bind tighter" },
  { text: "(a + b) * c", is: "((a + b) * c)", why: "parentheses" },
  { text: "-a * b", is: "((- a) * b)", why: "a sign binds tighter than a product" },
  { text: "a * -b", is: "(a * (- b))", why: "a sign after an operator" },
  { text: "--a", is: "(- (- a))", why: "two signs" },
  { text: "a-b", is: "(a - b)", why: "a hyphen is a minus" },
  { text: "a < b + c", is: "(a < (b + c))", why: "sums bind tighter than comparisons" },
  { text: "not a < b and c", is: "((not (a < b)) and c)", why: "not takes the comparison, and takes less" },
  { text: "not not a", is: "(not (not a))", why: "not twice" },
  { text: "a and b or c and d", is: "((a and b) or (c and d))", why: "or is the loosest" },
  { text: "a or b or c", is: "((a or b) or c)", why: "from left to right" },
  { text: "(a < b) == c", is: "((a < b) == c)", why: "parentheses let comparisons compare" },
  { text: "1 / 5 ms", is: "(1 / 5_ms)", why: "a literal binds tightest" },
  { text: "10 req/s", is: "(10_req / s)", why: "a bare unit is one of itself" },
  { text: "0.20 USD / 1e6", is: "(0.2_USD / 1000000)", why: "price per million" },
  { text: "-70%", is: "(- 70_%)", why: "percent" },
  { text: "5min", is: "5_min", why: "no space wanted" },
  { text: "min(a, 5 min)", is: "min(a, 5_min)", why: "min is a function before a parenthesis, else the minute" },
  { text: "1e-7+2E+3", is: "(1e-7 + 2000)", why: "exponents" },
  { text: "region in [\"us-east-1\", 'b', c]", is: "(region in 'us-east-1' | 'b' | c)", why: "membership" },
  { text: "not a in [b] and c", is: "((not (a in b)) and c)", why: "membership is a comparison" },
  { text: "instances[ c6i.4xlarge ].vcpu * 2", is: "(instances[c6i.4xlarge].vcpu * 2)", why: "look-up, key trimmed" },
  {
    text: "monolith.cost.month <= 160000 USD",
    is: "(monolith.cost.month <= 160000_USD)",
    why: "a unit's name after a dot",
  },
  { text: "if(a, b,\n\tc)", is: "if(a, b, c)", why: "white space of any kind" },
  { text: "total + peak(a)", is: "(total + peak(a))", why: "a function's name is free as a name" },
])("$text is $is: $why", ({ text, is }) => expect(shape(read(text))).toBe(is));

test.each([
  { text: " a + b ", of: "a + b" },
  { text: "(a + b) * c", of: "(a + b) * c" },
  { text: "1 / 5 ms", of: "1 / 5 ms" },
  { text: " min(a, b) ", of: "min(a, b)" },
  { text: "a in [b]  ", of: "a in [b]" },
  { text: " -a", of: "-a" },
])("the span of '$text' covers '$of'", ({ text, of }) => {
  const { span } = read(text);
  expect(text.slice(span.start, span.end)).toBe(of);
});

test("a look-up knows where its key is", () => {
  const text = "1 + instances[ m5.large ].vcpu";
  const expr = read(text);
  const keySpan = expr.kind === "binary" && expr.right.kind === "lookup" ? expr.right.keySpan : undefined;
  expect(text.slice(keySpan?.start, keySpan?.end)).toBe("m5.large");
});

test.each([
  { text: "1_000", at: "1_000", code: "bad-number", hint: "write 1000" },
  { text: "a + .5", at: ".5", code: "bad-number", hint: "write 0.5" },
  { text: "5.", at: "5.", code: "bad-number", hint: "write 5" },
  { text: "1.2.3", at: "1.2.3", code: "bad-number", hint: "such as 1234.5" },
  { text: "max(1,000)", at: "000", code: "bad-number", hint: "write 1000, not 1,000" },
  { text: "1e400", at: "1e400", code: "bad-number", hint: undefined },
  { text: "1e-400", at: "1e-400", code: "bad-number", hint: undefined },
  { text: "5 hours", at: "hours", code: "unknown-unit", hint: '"h"' },
  { text: "512 mb", at: "mb", code: "unknown-unit", hint: '"MB"' },
  { text: "5 detectors", at: "detectors", code: "unknown-unit", hint: "write *" },
  { text: "Streams * 2", at: "Streams", code: "bad-name", hint: 'write "streams"' },
  { text: "Gb", at: "Gb", code: "bad-name", hint: 'the unit "GB"' },
  { text: "_a", at: "_a", code: "bad-name", hint: "begin with a letter" },
  { text: "a.B", at: ".B", code: "bad-name", hint: "lower case" },
  { text: "s.x", at: "s", code: "reserved-name", hint: "another name" },
  { text: "kWh[x].y", at: "kWh", code: "reserved-name", hint: "another name" },
  { text: "region == eu-central-1", at: "eu-central-1", code: "unquoted-word", hint: "in quotes" },
  { text: "a < b < c", at: "<", from: 6, code: "chained-comparison", hint: "a < b and b < c" },
  { text: "a in [b] == c", at: "==", code: "chained-comparison", hint: "and" },
  { text: "a + not b", at: "not", code: "misplaced-not", hint: "parentheses" },
  { text: "a not in [b]", at: "not", code: "unexpected", hint: "in front" },
  { text: "if(a", at: "(", code: "unclosed-bracket", hint: "quote the formula" },
  { text: "min(a, (b + c)", at: "(", from: 3, code: "unclosed-bracket", hint: "quote the formula" },
  { text: "if(a,", at: "(", code: "unclosed-bracket", hint: "quote the formula" },
  { text: "a in [b", at: "[", code: "unclosed-bracket", hint: "quote the formula" },
  { text: "t1[x", at: "[", code: "unclosed-bracket", hint: "table[key].column" },
  { text: "t1['x'].y", at: "'x'", code: "bad-key", hint: "table[key].column" },
  { text: "t1[ ].y", at: "[ ]", code: "bad-key", hint: "table[key].column" },
  { text: "t1[x]", at: "t1[x]", code: "bad-lookup", hint: "table[key].column" },
  { text: "a + b)", at: ")", code: "unexpected", hint: "quote the formula" },
  { text: "1 +", at: "", from: 3, code: "missing-value", hint: "quote the formula" },
  { text: "a * / b", at: "/", code: "missing-value", hint: undefined },
  { text: "a b", at: "b", code: "missing-operator", hint: "write *" },
  { text: "a % b", at: "%", code: "unexpected", hint: "percent" },
  { text: "a, b", at: ",", code: "unexpected", hint: "commas" },
  { text: "[a]", at: "[", code: "misplaced-list", hint: "a in [b, c]" },
  { text: "a in []", at: "[]", code: "empty-list", hint: undefined },
  { text: "a in b", at: "b", code: "missing-list", hint: "[b" },
  { text: "if a", at: "if", code: "bad-if", hint: "if(condition, a, b)" },
  { text: "roundd(1)", at: "roundd", code: "unknown-function", hint: '"round"' },
  { text: "constructor(1)", at: "constructor", code: "unknown-function", hint: "functions: if" },
  { text: "2 * if(a, b)", at: "if(a, b)", code: "wrong-arity", hint: undefined },
  { text: "min()", at: "min()", code: "wrong-arity", hint: undefined },
  { text: "a ** 2", at: "**", code: "unknown-character", hint: "pow" },
  { text: "a = b", at: "=", code: "unknown-character", hint: "==" },
  { text: "2 × a", at: "×", code: "unknown-character", hint: "write *" },
  { text: "a 💥 b", at: "💥", code: "unknown-character", hint: undefined },
  { text: "'abc", at: "'", code: "unclosed-text", hint: "end the text" },
  { text: "  ", at: "", from: 2, code: "empty-formula", hint: undefined },
])("$text: $code at '$at'", ({ text, at, code, hint, from }) => {
  const parsed = parseFormula(text);
  if (!("problems" in parsed)) throw new Error("read without a problem");
  const [problem, ...more] = parsed.problems;
  const start = from ?? text.lastIndexOf(at);
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ code, span: { start } });
  expect(text.slice(problem?.span.start, problem?.span.end)).toBe(at);
  if (hint === undefined) expect(problem).not.toHaveProperty("hint");
  else expect(problem?.hint).toContain(hint);
});

test("arity is told in numbers", () => {
  const message = (text: string) => {
    const parsed = parseFormula(text);
    return "problems" in parsed ? parsed.problems.map((p) => p.message) : [];
  };
  expect(message("if(a, b)")).toEqual(['"if" needs 3 arguments, has 2']);
  expect(message("abs()")).toEqual(['"abs" needs 1 argument, has 0']);
  expect(message("max()")).toEqual(['"max" needs at least 1 argument, has 0']);
  expect(message(`max(${"1, ".repeat(64)}1)`)).toEqual(['"max" needs at most 64 arguments, has 65']);
});

test("faults that leave the tree sound are told together, and so are faults of words and numbers", () => {
  const codes = (text: string) => {
    const parsed = parseFormula(text);
    return "problems" in parsed ? parsed.problems.map((p) => p.code) : [];
  };
  expect(codes("foo(1) + abs() + bar(2)")).toEqual(["unknown-function", "wrong-arity", "unknown-function"]);
  expect(codes("A + .5 + 1 ? b")).toEqual(["bad-name", "bad-number", "unknown-character"]);
});

test.each([
  { what: "length", good: `a${" ".repeat(9_999)}`, bad: `a${" ".repeat(10_000)}`, limit: "10000" },
  {
    what: "parentheses",
    good: `${"(".repeat(100)}a${")".repeat(100)}`,
    bad: `${"(".repeat(101)}a${")".repeat(101)}`,
    limit: "100",
  },
  {
    what: "calls",
    good: `${"abs(".repeat(100)}a${")".repeat(100)}`,
    bad: `${"abs(".repeat(101)}a${")".repeat(101)}`,
    limit: "100",
  },
  { what: "signs", good: `${"-".repeat(100)}a`, bad: `${"-".repeat(101)}a`, limit: "100" },
  { what: "operations in a row", good: `a${"+a".repeat(499)}`, bad: `a${"+a".repeat(500)}`, limit: "500" },
])("the limit of $what is $limit and is named", ({ good, bad, limit }) => {
  expect(parseFormula(good)).toHaveProperty("expr");
  const parsed = parseFormula(bad);
  expect("problems" in parsed && parsed.problems.map((p) => p.message).join()).toMatch(
    new RegExp(`limit (is|of) ${limit}$`),
  );
});
