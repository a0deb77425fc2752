import type { YAMLError } from "yaml";
import type { Problems, Span } from "../diagnostic/diagnostic.ts";

type Words = { readonly message: string; readonly hint?: string };

/** Shown at most; one fault early in a file may make hundreds. */
const MOST = 20;

/** YAML's errors in our words: one a line, because the first of a line is the cause of the others. */
export function syntaxProblems(errors: readonly YAMLError[], file: string, text: string, problems: Problems): void {
  const lines = new Set<number>();
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    const at = Math.min(Math.max(0, error.pos[0]), text.length);
    const line = text.lastIndexOf("\n", at - 1);
    if (lines.has(line)) continue;
    lines.add(line);
    if (lines.size > MOST) return;
    const { message, hint } = wordsFor(error, text, at);
    problems.error("yaml-syntax", message, { file, text, span: spanOf(error, text, at) }, hint);
  }
}

function spanOf(error: YAMLError, text: string, at: number): Span {
  const quote = /closing (['"])quote/.exec(error.message)?.[1];
  const start = quote === undefined ? at : opening(quote, text, at);
  return { start, end: quote === undefined ? Math.max(at, error.pos[1]) : start + 1 };
}

/** A quoted text that runs to the end of the file was opened by the last quote that is neither doubled nor escaped. */
function opening(quote: string, text: string, before: number): number {
  const inside = quote === "'" ? /''/g : /\\"/g;
  const start = text.slice(0, before).replace(inside, "__").lastIndexOf(quote);
  return start === -1 ? before : start;
}

function wordsFor(error: YAMLError, text: string, at: number): Words {
  switch (error.code) {
    case "BLOCK_AS_IMPLICIT_KEY":
      return nestedKey(restOfLine(text, at));
    case "BLOCK_IN_FLOW":
      return { message: "a comma is missing between two keys", hint: "quote the text if the colon belongs to it" };
    case "MULTILINE_IMPLICIT_KEY":
      return (
        spaceless(restOfLine(text, at)) ?? { message: "this line has no key of its own", hint: "write key: value" }
      );
    case "BAD_INDENT":
      return indent(error.message);
    case "MISSING_CHAR":
      return missing(error.message, restOfLine(text, at));
    case "UNEXPECTED_TOKEN":
      return unexpected(
        error.message,
        restOfLine(text, at),
        text.slice(text.lastIndexOf("\n", at - 1) + 1, at).trimEnd(),
      );
    case "BAD_SCALAR_START":
      return {
        message: `a text that begins with ${text[at] ?? "this"} is to be quoted`,
        hint: `write ${quoted(restOfLine(text, at))}`,
      };
    case "BAD_ALIAS":
      return { message: "* begins the name of an anchor here", hint: "quote the formula if it is a product" };
    case "ALIAS_PROPS":
      return { message: "an alias takes no anchor or tag of its own" };
    case "TAB_AS_INDENT":
      return { message: "a tab indents this line", hint: "indent with spaces" };
    case "BAD_DQ_ESCAPE":
      return {
        message: `no escape ${text.slice(at, at + 2)} in a text in "quotes"`,
        hint: "use 'quotes', in which a backslash is a backslash",
      };
    default:
      return { message: "this cannot be read as YAML", hint: "quote the text if it is one" };
  }
}

function nestedKey(rest: string): Words {
  if (!/:(?:\s|$)/.test(rest)) {
    return {
      message: "the line after this goes deeper, but this has a value",
      hint: "indent the keys of one block alike",
    };
  }
  const message = "a colon and a space begin a new key inside this value";
  if (rest.includes("?")) return { message, hint: `a choice is written if(condition, a, b), not ${rest}` };
  return { message, hint: `quote the text if the colon belongs to it: ${quoted(rest)}` };
}

function indent(message: string): Words {
  if (/^Flow (map|sequence)/.test(message)) return unclosed(message);
  return { message: "this line does not begin in the column of its block", hint: "indent the keys of one block alike" };
}

function unclosed(message: string): Words {
  const bracket = message.endsWith("}") ? "}" : "]";
  return {
    message: `a ${bracket} is missing before this`,
    hint: "what stands in brackets is indented more than its key",
  };
}

function spaceless(rest: string): Words | undefined {
  const match = /^([\w-]+):(\S.*)$/.exec(rest);
  return match === null
    ? undefined
    : { message: "a space is missing after the colon", hint: `write ${match[1]}: ${match[2]}` };
}

function missing(message: string, rest: string): Words {
  if (message.includes("closing"))
    return { message: `a text opened with ${message.includes("'") ? "'" : '"'} is never closed` };
  if (/^Flow (map|sequence)/.test(message)) return unclosed(message);
  if (message.includes("map values")) {
    return spaceless(rest) ?? { message: "a colon is missing after this key", hint: "write key: value" };
  }
  if (message.includes("Missing ,")) return { message: "a comma is missing before this" };
  if (message.includes("- indicator")) return { message: "a list goes on with - on each line" };
  if (message.includes("space")) return { message: "a space is missing before this" };
  return { message: "something is missing before this" };
}

function unexpected(message: string, rest: string, before: string): Words {
  if (message.includes("at node end") && /["'\]}]$/.test(before)) {
    return {
      message: "text goes on after the closing quote or bracket",
      hint: "quote the whole of the formula or text",
    };
  }
  if (message.includes("at node end") && /\*\S+$/.test(before)) {
    return { message: "text goes on after the name of an anchor", hint: "quote the formula if * multiplies" };
  }
  if (message.includes("-ind on same line")) return { message: "a list begins on the line after its key" };
  if (message.startsWith("Not a YAML token")) {
    return {
      message: "after > and | a text begins on the next line",
      hint: "quote the formula if it begins with > or |",
    };
  }
  if (message.startsWith("Unexpected ,") || message.includes("empty item")) return { message: "a comma too many" };
  if (/flow-(map|seq)-end/.test(message)) return { message: `nothing opens this ${rest.slice(0, 1)}` };
  return {
    message: "this does not go with what stands above it",
    hint: "each line of a list begins with -, any other with a key",
  };
}

function restOfLine(text: string, at: number): string {
  const line = /^[^\r\n]*/.exec(text.slice(at, at + 80));
  return (line?.[0] ?? "").trim();
}

/** A text as it can be written in YAML. */
export function quoted(text: string): string {
  return text.includes('"') ? `'${text.replaceAll("'", "''")}'` : `"${text.replaceAll("\\", "\\\\")}"`;
}
