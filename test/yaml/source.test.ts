import fc from "fast-check";
import { expect, test } from "vitest";
import { Problems } from "../../src/diagnostic/diagnostic.ts";
import { lineColumn } from "../../src/diagnostic/render.ts";
import { MAX_BYTES, type Path, readYaml, type YamlSource } from "../../src/yaml/source.ts";

function read(text: string): YamlSource {
  const problems = new Problems();
  const source = readYaml("a.yaml", text, problems);
  expect(problems.list).toEqual([]);
  if (source === undefined) throw new Error("nothing was read");
  return source;
}

function codes(text: string): readonly string[] {
  const problems = new Problems();
  readYaml("a.yaml", text, problems);
  return problems.list.map(({ code }) => code);
}

/** What stands at the place of a path, or of a part of the text there. */
function shown(text: string, path: Path, part?: "key" | "value" | string): string {
  const source = read(text);
  if (part === undefined || part === "key" || part === "value") return slice(source, source.place(path, part));
  const start = String(path.reduce<unknown>((data, step) => Reflect.get(Object(data), step), source.data)).indexOf(
    part,
  );
  return slice(source, source.placeIn(path, { start, end: start + part.length }));
}

function slice({ text }: YamlSource, { span }: { span: { start: number; end: number } }): string {
  return text.slice(span.start, span.end);
}

test("data are plain values; what YAML 1.1 made of no, 1_000 and days stays text", () => {
  const { data } = read("a: 1\nb: no\nc: 1_000\nd: 2026-11-23\ne: [true, null, 1e3]\nf:\n");
  expect(data).toEqual({ a: 1, b: "no", c: "1_000", d: "2026-11-23", e: [true, null, 1000], f: null });
});

test("an object has its own keys only", () => {
  const data = Object(read("toString: 1\n").data);
  expect(Object.getPrototypeOf(data)).toBeNull();
  expect("valueOf" in data).toBe(false);
});

test.each([
  { text: "b: &x { c: 1 }\nd: *x\n", data: { b: { c: 1 }, d: { c: 1 } }, why: "an alias repeats its anchor" },
  {
    text: "a: &x 1\nb: *x\nc: &x 2\nd: *x\n",
    data: { a: 1, b: 1, c: 2, d: 2 },
    why: "the last anchor before it counts",
  },
  {
    text: "a: &x { p: 1, q: 2 }\nb: { <<: *x, q: 3 }\n",
    data: { a: { p: 1, q: 2 }, b: { p: 1, q: 3 } },
    why: "own keys win",
  },
  { text: "a: { <<: [{ p: 1 }, { p: 2, q: 3 }] }\n", data: { a: { p: 1, q: 3 } }, why: "of several, the first wins" },
  { text: 'a: { "<<": 1 }\n', data: { a: { "<<": 1 } }, why: "a quoted << is a key" },
  { text: "\ufeffa: 1\n", data: { a: 1 }, why: "a byte order mark is accepted" },
  { text: "a: 1\r\nb: 2\r\n", data: { a: 1, b: 2 }, why: "so are line ends of Windows" },
  { text: "", data: null, why: "an empty file is no error of YAML" },
])("$text: $why", ({ text, data }) => expect(read(text).data).toEqual(data));

test.each([
  { text: "a:\n  b: 1 + 2 # c\n", path: ["a", "b"], is: "1 + 2", why: "a scalar" },
  { text: "a:\n  b: 1\n", path: ["a", "b"], part: "key", is: "b", why: "a key" },
  { text: "a: { b: 1 }\n", path: ["a"], is: "{ b: 1 }", why: "a collection on one line" },
  { text: "a:\n  b: 1\n  c: 2\n", path: ["a"], is: "a", why: "a longer one: its key" },
  { text: "a:\n  - 1\n  - x\n", path: ["a", 1], is: "x", why: "an entry of a list" },
  { text: "a: { b: 1 }\n", path: ["a", "z", "y"], is: "{ b: 1 }", why: "what is not there: the nearest above" },
  { text: "a: { b: 1 }\n", path: ["a", "z"], part: "key", is: "{ b: 1 }", why: "the same for its key" },
  { text: "a:\nb: 1\n", path: ["a"], is: "a", why: "an empty value: its key" },
  { text: "a: &x 5\nb: *x\n", path: ["b"], is: "*x", why: "an alias where it stands" },
  { text: "a: &x { c: 5 }\nb: *x\n", path: ["b", "c"], is: "5", why: "inside an alias: where it was written" },
  {
    text: "a: &x { c: 5 }\nb: { <<: *x }\n",
    path: ["b", "c"],
    part: "key",
    is: "c",
    why: "the same through a merge key",
  },
])("the place of $path in $text: $why", ({ text, path, part, is }) => expect(shown(text, path, part)).toBe(is));

test.each([
  { text: "a: 1 + foo * 2\n", part: "foo", is: "foo", why: "plain" },
  { text: "a: 'it''s foo'\n", part: "foo", is: "foo", why: "single quotes, a doubled one before" },
  { text: 'a: "\\t\\x41\\u0041 foo"\n', part: "foo", is: "foo", why: "double quotes, escapes before" },
  { text: 'a: "\\U0001F600 foo"\n', part: "foo", is: "foo", why: "an escape that makes two UTF-16 units" },
  { text: "a: 😀 foo\n", part: "foo", is: "foo", why: "two UTF-16 units as they are" },
  { text: "a: >-\n  1 +\n  foo\n", part: "foo", is: "foo", why: "folded" },
  { text: "a: | # note: foo\n  1 +\n\n    foo\n", part: "foo", is: "foo", why: "literal, the word in the comment too" },
  { text: "a: 1 +\n  foo\n", part: "foo", is: "foo", why: "plain over two lines" },
  { text: 'a: "1 +\n  foo"\n', part: "foo", is: '"1 +\n  foo"', why: "quoted over two lines: the whole" },
  { text: "a: &x 1 + foo\nb: *x\n", path: ["b"], part: "foo", is: "foo", why: "through an alias" },
])("a part of $text: $why", ({ text, path = ["a"], part, is }) => expect(shown(text, path, part)).toBe(is));

test("a part that does not lie in the value is the whole value", () => {
  const source = read("a: foo\n");
  expect(slice(source, source.placeIn(["a"], { start: 2, end: 9 }))).toBe("foo");
});

test.each([
  { text: "a: 1\na: 2\n", code: "duplicate-key" },
  { text: "constructor: 1\n", code: "reserved-key" },
  { text: "a: { prototype: 1 }\n", code: "reserved-key" },
  { text: "null: 1\n", code: "key-not-text" },
  { text: "? [a]\n: 1\n", code: "key-not-text" },
  { text: "a: !!binary aGk=\n", code: "custom-tag" },
  { text: "a: .nan\n", code: "not-finite" },
  { text: "a: 1e999\n", code: "not-finite" },
  { text: "a: 1\n---\nb: 2\n", code: "several-documents" },
  { text: "%TAG ! tag:x,2000:\n---\na: 1\n", code: "yaml-directive" },
  { text: "<<: 1\n", code: "merge-value" },
  { text: "a: &a { b: *a }\n", code: "anchor-cycle" },
  { text: "a: *b\nb: &b 1\n", code: "unknown-anchor" },
  { text: "{ minimum: if(a, 2, 0) }\n", code: "cut-text" },
  { text: "{ a: max(2, b: 3), c: 1 }\n", code: "cut-text" },
  { text: `a: "${"x".repeat(MAX_BYTES)}"\n`, code: "file-too-large" },
  { text: `a: "${"é".repeat(MAX_BYTES / 2)}"\n`, code: "file-too-large" },
])("$code", ({ text, code }) => expect(codes(text)).toEqual([code]));

test("limits hold at their edges", () => {
  const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  expect(codes(nested(63))).toEqual([]);
  expect(codes(nested(65))).toEqual(["too-deep"]);
  const entries = (count: number) => "- 1\n".repeat(count);
  expect(codes(entries(99_999))).toEqual([]);
  expect(codes(entries(100_000))).toEqual(["too-many-values"]);
});

test("aliases nest values as brackets do", () => {
  expect(codes(`a0: &a0 1\n${chain(50)}`)).toEqual([]);
  expect(codes(`a0: &a0 1\n${chain(100)}`)).toEqual(["too-deep"]);
});

test("a cut formula is put together again, so that its keys are not told as unknown", () => {
  const source = readYaml("a.yaml", "x: { minimum: if(a, 2, 0), y: 2, z:3 }\n", new Problems());
  expect(source?.data).toEqual({ x: { minimum: "if(a, 2, 0)", y: 2, z: 3 } });
});

test("every line with a fault of syntax is told, at most 20 of them", () => {
  const problems = new Problems();
  readYaml("a.yaml", "a: 'x' y\nb: 1\nc: @z\n", problems);
  expect(problems.list.map(({ place }) => lineColumn(place?.text ?? "", place?.span.start ?? -1).line)).toEqual([1, 3]);
  expect(codes("a: @\n".repeat(50))).toHaveLength(20);
});

const FILL = ["[", "{", "]", ",", "- ", "? ", "a: ", "&a *a ", "- &a *a\n", "<<: {}\n", "a: 'b'c\n"];
const HALF = MAX_BYTES / 2;

test.each([
  ...FILL.map((unit) => ({ name: JSON.stringify(unit), text: unit.repeat(Math.floor(MAX_BYTES / unit.length)) })),
  { name: "balanced brackets", text: "[".repeat(HALF) + "]".repeat(HALF) },
  {
    name: "deeper on each line",
    text: Array.from({ length: 1400 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join(""),
  },
  { name: "many keys", text: Array.from({ length: 90_000 }, (_, key) => `k${key}: 1\n`).join("") },
  { name: "many duplicates", text: "a: 1\n".repeat(90_000) },
  { name: "many anchors", text: Array.from({ length: 40_000 }, (_, at) => `- &a${at} 1\n- *b${at}\n`).join("") },
  { name: "many cuts", text: `{${"a: b, c, ".repeat(49_000)}}` },
  { name: "an open parenthesis", text: `[(${",a".repeat(90_000)}]` },
  { name: "aliases in aliases", text: `${bomb(12)}` },
  { name: "a chain of aliases", text: `a0: &a0 1\n${chain(5000)}` },
])("1 MB or less of $name ends in good time", { timeout: 15_000 }, ({ text }) => {
  expect(() => readYaml("a.yaml", text, new Problems())).not.toThrow();
});

function bomb(levels: number): string {
  const level = (at: number) =>
    `a${at}: &a${at} [${Array(10)
      .fill(`*a${at - 1}`)
      .join(", ")}]\n`;
  return `a0: &a0 x\n${Array.from({ length: levels }, (_, at) => level(at + 1)).join("")}`;
}

function chain(length: number): string {
  return Array.from({ length }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}]\n`).join("");
}

const fragment = fc.constantFrom(
  "a",
  "b: ",
  "- ",
  "{",
  "}",
  "[",
  "]",
  ", ",
  ": ",
  "'",
  '"',
  "\\",
  "&x ",
  "*x ",
  "!t ",
  "|\n",
  ">-\n",
  "\n",
  "  ",
  "<<: ",
  "(",
  ")",
  "1",
  "# ",
);
const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join("")),
);

test("any text makes data or an error, never a throw, and every place lies in the text", () => {
  fc.assert(
    fc.property(anything, fc.array(fc.oneof(fc.constantFrom("a", "b"), fc.nat(2))), fc.nat(9), (text, path, start) => {
      const problems = new Problems();
      const source = readYaml("a.yaml", text, problems);
      expect(source !== undefined || problems.hasErrors).toBe(true);
      const places =
        source === undefined
          ? []
          : [source.place(path), source.place(path, "key"), source.placeIn(path, { start, end: start + 1 })];
      for (const span of [...problems.list.map(({ place }) => place?.span), ...places.map((place) => place.span)]) {
        expect(span === undefined || (span.start >= 0 && span.start <= span.end && span.start <= text.length)).toBe(
          true,
        );
      }
    }),
    { numRuns: 500 },
  );
});
