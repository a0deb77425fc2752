import fc from "fast-check";
import { expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic/diagnostic.ts";
import { lineColumn, renderDiagnostic, renderDiagnostics } from "../../src/diagnostic/render.ts";

function problem(text: string, marked: string, more: Partial<Diagnostic> = {}): Diagnostic {
  const start = text.indexOf(marked);
  const place = { file: "a.yaml", text, span: { start, end: start + marked.length } };
  return { code: "test", severity: "error", message: "wrong", place, ...more };
}

test("place, message, line, carets and hint", () => {
  const text = "components:\n  orchestrator: { service: aws/step-function }\n  next: 1\n";
  const message = 'no service "aws/step-function"';
  const hint = 'did you mean "aws/step-functions-standard"?';
  const shown = renderDiagnostic(problem(text, "aws/step-function", { message, hint }));
  expect(`\n${shown}\n`).toBe(`
a.yaml:2:28: error: no service "aws/step-function"
    orchestrator: { service: aws/step-function }
                             ^^^^^^^^^^^^^^^^^
  hint: did you mean "aws/step-functions-standard"?
`);
});

test("a problem without a place is one line, a hint of several lines is indented", () => {
  const shown = renderDiagnostic({ code: "x", severity: "warning", message: "no price", hint: "add:\nassume: 1" });
  expect(shown).toBe("warning: no price\n  hint: add:\n        assume: 1");
});

test.each([
  { text: "ab", offset: 0, at: [1, 1], why: "start" },
  { text: "ab", offset: 2, at: [1, 3], why: "end of the text" },
  { text: "ab", offset: 99, at: [1, 3], why: "past the end" },
  { text: "ab", offset: -1, at: [1, 1], why: "before the start" },
  { text: "a\nb", offset: 1, at: [1, 2], why: "a newline belongs to its line" },
  { text: "a\nb", offset: 2, at: [2, 1], why: "after the newline" },
  { text: "\n\n", offset: 2, at: [3, 1], why: "empty lines count" },
  { text: "a\r\nb", offset: 3, at: [2, 1], why: "CRLF" },
  { text: "😀b", offset: 2, at: [1, 2], why: "an emoji is one character" },
  { text: "\ufeffab", offset: 2, at: [1, 2], why: "a byte order mark is none" },
])("offset $offset of $text is at $at: $why", ({ text, offset, at }) => {
  const { line, column } = lineColumn(text, offset);
  expect([line, column]).toEqual(at);
});

test.each([
  { text: "abc def", marked: "def", line: "abc def", carets: "    ^^^", why: "within a line" },
  { text: "abc def\nghi", marked: "def\nghi", line: "abc def", carets: "    ^^^", why: "cut at the end of the line" },
  { text: "abc\r\ndef", marked: "\r\n", line: "abc", carets: "   ^", why: "an empty span has one caret" },
  { text: "\ta: b", marked: "b", line: " a: b", carets: "    ^", why: "a tab takes one column" },
  { text: "日本: b", marked: "b", line: "日本: b", carets: "      ^", why: "wide characters take two columns" },
  { text: "\u001b[31mx b", marked: "b", line: "\\x1b[31mx b", carets: "          ^", why: "escape codes are shown" },
  {
    text: "a\u202eb c",
    marked: "c",
    line: "a\\u202eb c",
    carets: "         ^",
    why: "marks that reorder text are shown",
  },
])("$marked in $text: $why", ({ text, marked, line, carets }) => {
  const [, shownLine, shownCarets] = renderDiagnostic(problem(text, marked)).split("\n");
  expect([shownLine, shownCarets]).toEqual([`  ${line}`, `  ${carets}`]);
});

test("a very long line is cut to a window round the span", () => {
  const text = `${"a".repeat(5000)}HERE${"b".repeat(5000)}`;
  const [head, line, carets] = renderDiagnostic(problem(text, "HERE")).split("\n");
  expect(head).toBe("a.yaml:1:5001: error: wrong");
  expect(line).toBe(`  …${"a".repeat(30)}HERE${"b".repeat(66)}…`);
  expect(carets).toBe(`  ${" ".repeat(31)}^^^^`);
});

test("a span longer than the window is cut with it", () => {
  const [, line, carets] = renderDiagnostic(problem("x".repeat(500), "x".repeat(500))).split("\n");
  expect(line).toBe(`  ${"x".repeat(100)}…`);
  expect(carets).toBe(`  ${"^".repeat(100)}`);
});

test("nothing that a terminal would act on passes through", () => {
  const wild = fc.string({ unit: "binary", maxLength: 30 });
  fc.assert(
    fc.property(wild, wild, wild, fc.nat(40), fc.nat(40), (file, text, message, start, end) => {
      const shown = renderDiagnostic({
        code: "x",
        severity: "note",
        message,
        place: { file, text, span: { start, end } },
      });
      expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(shown.split("\n")).toHaveLength(3);
    }),
    { numRuns: 200 },
  );
});

test("colour only where asked for", () => {
  const one = problem("abc", "b");
  expect(renderDiagnostic(one)).not.toContain("\u001b");
  expect(renderDiagnostic(one, { color: true })).toContain("\u001b[1;31merror:\u001b[0m wrong");
});

test("several: by file, then place, ties in the order they came, and a count", () => {
  const at = (
    file: string,
    start: number,
    message: string,
    severity: Diagnostic["severity"] = "error",
  ): Diagnostic => ({
    ...{ code: "x", severity, message },
    place: { file, text: "abc", span: { start, end: start + 1 } },
  });
  const list = [at("b", 0, "4"), at("a", 2, "2"), at("a", 2, "3", "warning"), at("a", 0, "1", "note")];
  const shown = renderDiagnostics([...list, { code: "x", severity: "error", message: "0" }]).split("\n");
  expect(shown.filter((line) => /^\S/.test(line))).toEqual([
    "error: 0",
    "a:1:1: note: 1",
    "a:1:3: error: 2",
    "a:1:3: warning: 3",
    "b:1:1: error: 4",
    "3 errors, 1 warning, 1 note",
  ]);
  expect(renderDiagnostics([])).toBe("");
});
