// What no other tool looks for in src/: a walk through the text of the sources.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, sourceFiles } from "./source-files.ts";

const MOST_LINES = 400;
const MEDIAN_LINES = 120;

/** Words that must not occur, with where they may all the same and why. */
const FORBIDDEN: readonly { pattern: RegExp; because: string; allowed: Readonly<Record<string, string>> }[] = [
  { pattern: /\bMath\.random\b/, because: "seeds are arguments: the same input gives the same bytes", allowed: {} },
  {
    pattern: /\bnew Date\(|\bDate\.now\b|\bperformance\.now\b/,
    because: "no clock: dates are arguments",
    allowed: {
      "src/cli/process.ts": "the one place that asks for today, and how long something takes",
      "src/io/write.ts": "how old what a killed run has left is",
    },
  },
  {
    pattern: /\?\? 0(?![\d.])/,
    because: "what is not known is never 0",
    allowed: {
      "src/io/read.ts": "a byte and a place that a search has just found",
      "src/formula/assemble.ts": "counts readers: not counted yet is none",
      "src/formula/schedule.ts": "levels of nodes: a node without one is at the lowest",
      "src/formula/lex.ts": "a code point past the end, which is not reached",
      "src/analysis/sobol.ts": "bits of direction numbers: an index past the table adds none",
      "src/analysis/samples.ts": "rows of a triangular matrix: what is not stored is 0",
      "src/analysis/correlations.ts": "sorting pairs, which have two members",
      "src/analysis/sensitivity.ts": "a figure that does not depend on an input has slope 0",
      "src/report/sensitivity-sheet.ts": "the same slopes, sorted",
    },
  },
  { pattern: /\bconsole\./, because: "only src/cli writes, to the streams that it is given", allowed: {} },
  {
    pattern: /\bprocess\.env\b/,
    because: "the environment is an argument",
    allowed: {
      "src/io/git.ts": "git itself wants the environment: PATH, HOME, its own settings",
      "src/io/standard.ts": "hands it to the program, as it does the streams",
      "src/cli/png-renderer.ts": "the canvas reads the settings of its memory nowhere else",
    },
  },
  {
    pattern: /\beval\(|\bnew Function\(/,
    because: "a scenario comes from a stranger",
    allowed: {
      "src/formula/generate.ts": "text made of op names, indices and numbers of a checked graph, never of a scenario",
    },
  },
  { pattern: /@ts-(ignore|expect-error|nocheck)|biome-ignore(?!.*: \S)/, because: "say why, or do not", allowed: {} },
  { pattern: /\t/, because: "two spaces", allowed: {} },
];

const files = sourceFiles().map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

/** Lines of a file in which a pattern occurs outside comments, as `file:line: text`. */
function found(pattern: RegExp, { path, text }: { path: string; text: string }): string[] {
  return text.split("\n").flatMap((line, index) => {
    const isComment = /^\s*(\/\/|\/?\*)/.test(line);
    return !isComment && pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [];
  });
}

test("there are sources to look at", () => expect(files.length).toBeGreaterThan(10));

test.each(FORBIDDEN)("no $pattern in src: $because", ({ pattern, allowed }) => {
  expect(files.filter(({ path }) => !(path in allowed)).flatMap((file) => found(pattern, file))).toEqual([]);
});

test("what the allow-lists name is there and still needs it", () => {
  const stale = FORBIDDEN.flatMap(({ pattern, allowed }) =>
    Object.keys(allowed).filter((path) => !files.some((file) => file.path === path && found(pattern, file).length > 0)),
  );
  expect(stale).toEqual([]);
});

test("the walk finds what it is told to find, and no comments", () => {
  const planted = {
    path: "planted.ts",
    text: "const a = b ?? 0;\n// b ?? 0 is wrong\n * Math.random\nconst c = d ?? 0.5;\nnew Date();\n",
  };
  expect(FORBIDDEN.flatMap(({ pattern }) => found(pattern, planted))).toEqual([
    "planted.ts:5: new Date();",
    "planted.ts:1: const a = b ?? 0;",
  ]);
});

test(`no file has over ${MOST_LINES} lines, and half of them have under ${MEDIAN_LINES}`, () => {
  const lengths = files.map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }));
  expect(lengths.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
  const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(MEDIAN_LINES);
});

test("names of files are in kebab case, and no file only hands on what others export", () => {
  expect(files.filter(({ path }) => !/^src(\/[a-z0-9-]+)+\.ts$/.test(path)).map(({ path }) => path)).toEqual([]);
  expect(
    files.filter(({ path, text }) => /\/index\.ts$/.test(path) || /^export \*/m.test(text)).map(({ path }) => path),
  ).toEqual([]);
});
