import { Composer, type CST, type Document, isCollection, isMap, isScalar } from "yaml";
import { type Place, Problems, type Span } from "../diagnostic/diagnostic.ts";
import { syntaxProblems } from "./errors.ts";
import { type Form, hasForm, reportForm } from "./form.ts";
import { spanInScalar, spanOfScalar } from "./span.ts";
import { readTokens } from "./tokens.ts";
import { buildTree, spanOf, type Tree } from "./tree.ts";

export const MAX_BYTES = 1_048_576;

/** Blank lines and comments only. */
const NOTHING = /^\ufeff?(?:[ \t]*(?:#[^\r\n]*)?(?:[\r\n]+|$))*$/;

export type Path = readonly (string | number)[];

/** The plain data of a YAML text, with the place of every value. */
export type YamlSource = {
  readonly file: string;
  readonly text: string;
  /** Numbers, texts, booleans, null, arrays, and objects without a prototype. */
  readonly data: unknown;
  /** Where a value, or its key, was written; for a path that does not exist, the nearest above it that does. */
  place(path: Path, part?: "key" | "value"): Place;
  /** The place of a span (UTF-16 offsets) inside the text that stands at a path; without such a text, as `place`. */
  placeIn(path: Path, span: Span): Place;
};

/**
 * Reads a YAML 1.2 text, which may come from a stranger, in bounded time. Anchors, aliases and merge keys work.
 * Refused are: over 1 MB, faults of syntax, several documents, nesting over 64 levels, over 100,000 values, duplicate keys,
 * keys that are no text or that JavaScript reserves, tags of one's own, numbers that are not finite, formulas that a comma cuts.
 * @param form what the file is taken for: of another one nothing is reported but that
 * @returns undefined where nothing can be made of the text; where only parts were refused the data lacks them, and
 * `problems` has errors
 */
export function readYaml(file: string, text: string, problems: Problems, form?: Form): YamlSource | undefined {
  const own = new Problems();
  const source = read(file, text, own);
  const known = form === undefined || NOTHING.test(text) || isTooLarge(text) || hasForm(form, source?.data, text);
  if (known) {
    for (const problem of own.list) problems.add(problem);
    return source;
  }
  reportForm(file, form, problems);
  return undefined;
}

function read(file: string, text: string, problems: Problems): YamlSource | undefined {
  if (isTooLarge(text)) {
    problems.error("file-too-large", `${file} is larger than 1 MB (${MAX_BYTES} bytes)`);
    return undefined;
  }
  const document = parse(file, text, problems);
  if (document === undefined) return undefined;
  const tree = buildTree(document, file, text, problems);
  return tree === undefined ? undefined : sourceOf(tree, file, text);
}

function isTooLarge(text: string): boolean {
  return text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES;
}

function parse(file: string, text: string, problems: Problems): Document | undefined {
  const read = readTokens(text);
  if ("refusal" in read) {
    const { code, message, span, hint } = read.refusal;
    problems.error(code, message, { file, text, span }, hint);
    return undefined;
  }
  const documents = read.tokens.filter((token) => token.type === "document");
  if (documents.length > 1) {
    const span = startOf(documents[1]);
    problems.error(
      "several-documents",
      "a second document begins here",
      { file, text, span },
      "one file has one document",
    );
    return undefined;
  }
  const directive = read.tokens.find((token) => token.type === "directive");
  if (directive !== undefined) {
    problems.error(
      "yaml-directive",
      "a file has no directives",
      { file, text, span: startOf(directive) },
      "leave this line out",
    );
    return undefined;
  }
  return compose(read.tokens, file, text, problems);
}

function startOf(token: CST.Token | undefined): Span {
  const start = token === undefined || !("offset" in token) ? 0 : token.offset;
  return { start, end: start + 3 };
}

function compose(tokens: readonly CST.Token[], file: string, text: string, problems: Problems): Document | undefined {
  // Duplicate keys are looked for by buildTree: the library compares each key with each other.
  const composer = new Composer({
    uniqueKeys: false,
    prettyErrors: false,
    resolveKnownTags: false,
    logLevel: "silent",
  });
  for (const document of composer.compose(tokens, true, text.length)) {
    if (document.errors.length === 0) return document;
    syntaxProblems(document.errors, file, text, problems);
    return undefined;
  }
  return undefined;
}

function sourceOf(root: Tree, file: string, text: string): YamlSource {
  const at = (span: Span): Place => ({ file, text, span });
  return {
    file,
    text,
    data: root.data,
    place(path, part) {
      const { tree, found } = find(root, path);
      const key = part === "key" && found && tree.key !== undefined;
      return at(key ? spanOf(tree.key) : spanOfValue(tree, text));
    },
    placeIn(path, span) {
      const { tree, found } = find(root, path);
      const inside = found && tree.scalar !== undefined && isTextOf(tree);
      return at(inside && tree.scalar !== undefined ? spanInScalar(tree.scalar, text, span) : spanOfValue(tree, text));
    },
  };
}

/** False for a text that was put together again after a comma had cut it. */
function isTextOf(tree: Tree): boolean {
  return tree.scalar?.value === tree.data;
}

function find(root: Tree, path: Path): { readonly tree: Tree; readonly found: boolean } {
  let tree = root;
  for (const step of path) {
    const child = tree.children.get(step);
    if (child === undefined) return { tree, found: false };
    tree = child;
  }
  return { tree, found: true };
}

/** What to point at: the scalar, the collection if it is on one line, else its key or where it begins. */
function spanOfValue({ node, key }: Tree, text: string): Span {
  const span = isScalar(node) ? spanOfScalar(node, text) : spanOf(node);
  const isEmpty = node === undefined || span.start === span.end;
  if (key !== undefined && (isEmpty || (isCollection(node) && isLong(span, text)))) return spanOf(key);
  if (!isCollection(node) || !isLong(span, text)) return span;
  return isMap(node) && node.items[0] !== undefined
    ? spanOf(node.items[0].key)
    : { start: span.start, end: span.start };
}

function isLong(span: Span, text: string): boolean {
  return text.slice(span.start, span.end).trimEnd().includes("\n");
}
