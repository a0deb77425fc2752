import { isScalar, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import type { Span } from "../diagnostic/diagnostic.ts";
import { quoted } from "./errors.ts";

/** A text that the commas of `{ }` or `[ ]` cut: which entries it fell into, and what was most likely meant. */
export type Cut = {
  readonly first: number;
  readonly last: number;
  readonly text: string;
  readonly span: Span;
  readonly message: string;
  readonly hint: string;
  /** the key and text that are meant, where only the space after a colon is missing */
  readonly meant?: { readonly key: string; readonly text: string };
};

const SHOWN = 80;

/**
 * `{ minimum: if(a, 2, 0) }` is no YAML error: it makes the key minimum with `if(a`, and the keys `2` and `0)` without a
 * value. Nobody means a key without a colon here, so every such key is stated, with the value before it that it came from.
 */
export function cutsInMap(map: YAMLMap, source: string): readonly Cut[] {
  const cuts: Cut[] = [];
  for (let at = 0; at < map.items.length; at++) {
    const owner = map.items[at];
    if (owner === undefined) continue;
    let last = at;
    while (isBare(map.items[last + 1]) && spaceless(map.items[last + 1]) === undefined) last += 1;
    const meant = isBare(owner) ? spaceless(owner) : undefined;
    if (meant !== undefined) {
      cuts.push(missingSpace(map, at, meant, source));
      last = at;
    } else if (isBare(owner)) {
      cuts.push(bareKeys(map, at, last, source));
    } else if (isPlain(owner.value) && (last > at || (isOpen(owner.value) && at + 1 < map.items.length))) {
      cuts.push(cutValue(map, at, last, source));
    } else if (last > at) {
      cuts.push(bareKeys(map, at + 1, last, source));
    }
    at = last;
  }
  return cuts;
}

/** `[if(a, 2, 0)]`: a list has no keys that would tell, so only a parenthesis that its own entry does not close does. */
export function cutsInList(list: YAMLSeq, source: string): readonly Cut[] {
  const cuts: Cut[] = [];
  for (let at = 0; at < list.items.length; at++) {
    const first = list.items[at];
    if (!isPlain(first) || !isOpen(first) || at + 1 === list.items.length) continue;
    let last = at;
    for (let open = balance(String(first.value)); open > 0 && last + 1 < list.items.length; last++) {
      open += balance(sliceOver(list.items[last + 1], list.items[last + 1], source).text);
    }
    const { text, span } = sliceOver(first, list.items[last], source);
    const hint = `quote the ${kindOf(text)}: ${shown(quoted(text))}`;
    cuts.push({ first: at, last, text, span, message: cutMessage(text), hint });
    at = last;
  }
  return cuts;
}

function cutValue(map: YAMLMap, first: number, last: number, source: string): Cut {
  const owner = map.items[first];
  const { text, span } = sliceOver(owner?.value, last === first ? owner?.value : map.items[last]?.key, source);
  const key = isScalar(owner?.key) ? String(owner.key.value) : "key";
  const whole = last === first ? "" : `: ${shown(`${key}: ${quoted(text)}`)}`;
  return { first, last, text, span, message: cutMessage(text), hint: `quote the ${kindOf(text)}${whole}` };
}

function bareKeys(map: YAMLMap, first: number, last: number, source: string): Cut {
  const { text, span } = sliceOver(map.items[first]?.key, map.items[last]?.key, source);
  const hint = /^[{["'!&*]/.test(text) ? "quote the text if it is one" : `write ${shown(text)}: value`;
  return { first, last, text, span, message: `"${shown(text)}" has no value`, hint };
}

function missingSpace(map: YAMLMap, at: number, meant: { key: string; text: string }, source: string): Cut {
  const { text, span } = sliceOver(map.items[at]?.key, map.items[at]?.key, source);
  const hint = `write ${shown(`${meant.key}: ${meant.text}`)}`;
  return { first: at, last: at, text, span, message: "a space is missing after the colon", hint, meant };
}

/** What `{ b:1 }` means, which YAML reads as the one key `b:1`. */
function spaceless(pair: Pair | undefined): { readonly key: string; readonly text: string } | undefined {
  const match = isPlain(pair?.key) ? /^([a-z][\w-]*):([^\s/].*)$/.exec(String(pair.key.value)) : null;
  return match?.[1] === undefined || match[2] === undefined ? undefined : { key: match[1], text: match[2] };
}

/** A key in `{ }` without a colon. */
function isBare(pair: Pair | undefined): boolean {
  return pair !== undefined && pair.value === null;
}

function isPlain(node: unknown): node is Scalar {
  return isScalar(node) && node.type === "PLAIN";
}

function isOpen(scalar: Scalar): boolean {
  return balance(String(scalar.value)) > 0;
}

/** Opening less closing parentheses. */
function balance(text: string): number {
  return text.split("(").length - text.split(")").length;
}

function cutMessage(text: string): string {
  return `YAML cuts this ${kindOf(text)} at its comma: ${shown(text)}`;
}

function sliceOver(first: unknown, last: unknown, source: string): { readonly text: string; readonly span: Span } {
  const start = rangeOf(first)?.[0] ?? rangeOf(last)?.[0];
  const end = rangeOf(last)?.[1] ?? rangeOf(first)?.[1];
  if (start === undefined || end === undefined) return { text: "", span: { start: 0, end: 0 } };
  return { text: source.slice(start, end), span: { start, end } };
}

function rangeOf(node: unknown): readonly number[] | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return undefined;
  return node.range.filter((offset) => typeof offset === "number");
}

function kindOf(text: string): string {
  return /[a-z_]\(/.test(text) ? "formula" : "text";
}

function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
