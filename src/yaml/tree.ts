import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Problems, Span } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { type Cut, cutsInList, cutsInMap } from "./cut.ts";
import { MAX_DEPTH, MAX_VALUES, type Refusal, tooDeep, tooManyValues } from "./tokens.ts";

/** A value with where it was written: plain data beside the nodes that made it. */
export type Tree = {
  readonly data: unknown;
  /** the value as written at this place: an alias, if it is one */
  readonly node: Node | undefined;
  /** the scalar whose text the value is */
  readonly scalar: Scalar | undefined;
  readonly key: Node | undefined;
  readonly children: ReadonlyMap<string | number, Tree>;
};

/** Names that reach into JavaScript's own objects where data is used carelessly. */
const RESERVED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const MERGE = "<<";
const KNOWN_TAG = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/;
/** Problems of structure reported of one file: who makes more has made one mistake many times. */
const MOST_REPORTED = 100;
const NO_CHILDREN: ReadonlyMap<string | number, Tree> = new Map();

/**
 * The data of a document, aliases and merge keys expanded, with its positions. What is wrong in its structure is stated, and
 * left out of the data; undefined only where there is too much of it. Objects have no prototype.
 */
export function buildTree(document: Document, file: string, text: string, problems: Problems): Tree | undefined {
  return new Builder(document, file, text, problems).build();
}

class Builder {
  readonly #root: Node | null;
  readonly #file: string;
  readonly #text: string;
  readonly #problems: Problems;
  readonly #targets: ReadonlyMap<Alias, Node>;
  readonly #anchors = new Set<string>();
  /** the collections round the place that is being read: an alias must not name one of them */
  readonly #open = new Set<Node>();
  /** what has been reported, so that a value repeated by aliases is stated once */
  readonly #reported = new Set<string>();
  /** the alias that stands in the document itself and is being expanded */
  #outer: Alias | undefined;
  #values = 0;
  #refused = false;

  constructor(document: Document, file: string, text: string, problems: Problems) {
    this.#root = isNode(document.contents) ? document.contents : null;
    this.#file = file;
    this.#text = text;
    this.#problems = problems;
    this.#targets = this.#resolveAliases();
  }

  build(): Tree | undefined {
    const tree = this.#value(this.#root, undefined, 1);
    return this.#refused ? undefined : tree;
  }

  /** An alias means the last anchor of its name before it, wherever the value is repeated later. */
  #resolveAliases(): ReadonlyMap<Alias, Node> {
    const anchors = new Map<string, Node>();
    const targets = new Map<Alias, Node>();
    if (this.#root === null) return targets;
    visit(this.#root, {
      Node: (_key, node) => {
        if (isAlias(node)) {
          const target = anchors.get(node.source);
          if (target !== undefined) targets.set(node, target);
        } else if (node.anchor !== undefined) {
          anchors.set(node.anchor, node);
          this.#anchors.add(node.anchor);
        }
      },
    });
    return targets;
  }

  #value(node: unknown, key: Node | undefined, depth: number): Tree {
    const empty: Tree = {
      data: null,
      node: isNode(node) ? node : undefined,
      scalar: undefined,
      key,
      children: NO_CHILDREN,
    };
    if (!isNode(node) || this.#refused) return empty;
    this.#values += 1;
    if (this.#values > MAX_VALUES) return this.#refuse(tooManyValues(spanOf(node)), empty);
    if (depth > MAX_DEPTH) return this.#refuse(tooDeep(spanOf(node)), empty);
    if (isAlias(node)) return this.#alias(node, empty, depth);
    if (node.tag !== undefined && !KNOWN_TAG.test(node.tag)) this.#customTag(node);
    if (isMap(node)) return { ...empty, ...this.#map(node, depth) };
    if (isSeq(node)) return { ...empty, ...this.#list(node, depth) };
    if (isScalar(node)) return { ...empty, data: this.#scalar(node), scalar: node };
    return empty;
  }

  #alias(alias: Alias, empty: Tree, depth: number): Tree {
    const target = this.#targets.get(alias);
    if (target === undefined) {
      this.#error(
        "unknown-anchor",
        `no anchor "&${alias.source}" before this`,
        spanOf(alias),
        this.#nearAnchor(alias.source),
      );
      return empty;
    }
    if (this.#open.has(target)) {
      this.#error("anchor-cycle", `"*${alias.source}" stands inside what it repeats`, spanOf(alias));
      return empty;
    }
    const isOuter = this.#outer === undefined;
    if (isOuter) this.#outer = alias;
    const value = this.#value(target, empty.key, depth);
    if (isOuter) this.#outer = undefined;
    return { ...value, node: alias };
  }

  #nearAnchor(name: string): string | undefined {
    if (this.#reported.size >= MOST_REPORTED) return undefined;
    const near = suggest(
      name,
      [...this.#anchors].slice(0, 1000).filter((anchor) => anchor.length <= 64),
    );
    return near === undefined ? "quote the formula if * multiplies" : `did you mean "*${near}"?`;
  }

  #scalar(scalar: Scalar): unknown {
    const { value } = scalar;
    if (typeof value === "number" && !Number.isFinite(value)) {
      this.#error("not-finite", `${scalar.source ?? String(value)} is not a finite number`, spanOf(scalar));
      return null;
    }
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
  }

  #list(list: YAMLSeq, depth: number): Pick<Tree, "data" | "children"> {
    const cuts = this.#cuts(list.flow === true ? cutsInList(list, this.#text) : []);
    const children = new Map<string | number, Tree>();
    this.#open.add(list);
    for (const [at, item] of list.items.entries()) {
      const cut = cuts.get(at);
      if (cut !== undefined && cut.first < at) continue;
      const value = this.#value(isPair(item) ? this.#pairInList(item) : item, undefined, depth + 1);
      children.set(children.size, cut === undefined ? value : { ...value, data: cut.text });
    }
    this.#open.delete(list);
    return { data: [...children.values()].map((child) => child.data), children };
  }

  #pairInList(pair: Pair): unknown {
    this.#error("key-in-list", "a key stands in a list", spanOf(pair.key), "write { key: value } or quote the text");
    return pair.value;
  }

  #map(map: YAMLMap, depth: number): Pick<Tree, "data" | "children"> {
    const cuts = this.#cuts(map.flow === true ? cutsInMap(map, this.#text) : []);
    const own = new Map<string, Tree>();
    const inherited = new Map<string | number, Tree>();
    this.#open.add(map);
    for (const [at, pair] of map.items.entries()) {
      const cut = cuts.get(at);
      if (cut?.meant !== undefined) own.set(cut.meant.key, this.#meant(pair.key, cut.meant.text));
      if (cut !== undefined && (cut.first < at || pair.value === null)) continue;
      const key = this.#key(pair.key, own);
      if (key === undefined) continue;
      const value = this.#value(pair.value, isNode(pair.key) ? pair.key : undefined, depth + 1);
      own.set(key, cut === undefined ? value : { ...value, data: cut.text });
      if (key === MERGE && isPlain(pair.key)) this.#merge(value, inherited);
    }
    this.#open.delete(map);
    if (inherited.size > 0 || isMergeIn(map)) own.delete(MERGE);
    const children = new Map<string | number, Tree>([...inherited, ...own]);
    return { data: objectOf(children), children };
  }

  #meant(key: unknown, text: string): Tree {
    const number = /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
    const node = isNode(key) ? key : undefined;
    return { data: number, node, scalar: undefined, key: node, children: NO_CHILDREN };
  }

  /** The keys of what `<<` names; the first to give a key wins, and the map's own keys win over them all. */
  #merge(value: Tree, into: Map<string | number, Tree>): void {
    const sources = Array.isArray(value.data) ? [...value.children.values()] : [value];
    for (const source of sources) {
      if (typeof source.data !== "object" || source.data === null || Array.isArray(source.data)) {
        this.#error(
          "merge-value",
          "<< takes the keys of another place: an alias of keys and values",
          spanOf(value.node),
        );
        continue;
      }
      for (const [key, child] of source.children) if (!into.has(key)) into.set(key, child);
    }
  }

  #key(key: unknown, own: ReadonlyMap<string, Tree>): string | undefined {
    if (!isScalar(key) || typeof key.value !== "string") {
      const written = isNode(key) ? this.#text.slice(spanOf(key).start, spanOf(key).end) : "";
      const hint = isScalar(key) && written !== "" ? `quote it: "${written}"` : "quote the text if it is one";
      this.#error("key-not-text", "a key is to be a text", spanOf(key), hint);
      return undefined;
    }
    if (RESERVED.has(key.value)) {
      this.#error("reserved-key", `"${key.value}" cannot be a key`, spanOf(key), "choose another name");
      return undefined;
    }
    const first = own.get(key.value);
    if (first === undefined) return key.value;
    this.#error("duplicate-key", `"${key.value}" is here twice`, spanOf(key), this.#lineOf(first.key));
    return undefined;
  }

  /** Reports the cuts, and gives for each entry the cut that it belongs to. */
  #cuts(cuts: readonly Cut[]): ReadonlyMap<number, Cut> {
    const byEntry = new Map<number, Cut>();
    for (const cut of cuts) {
      for (let at = cut.first; at <= cut.last; at++) byEntry.set(at, cut);
      this.#error("cut-text", cut.message, cut.span, cut.hint);
    }
    return byEntry;
  }

  #customTag(node: Node): void {
    const name = (node.tag ?? "").replace("tag:yaml.org,2002:", "!!");
    const hint = "quote the text if it begins with !";
    const { start } = spanOf(node);
    const span = { start: Math.max(0, this.#text.lastIndexOf("!", start)), end: start };
    this.#error("custom-tag", `the tag ${name} is not known`, span, hint);
  }

  #refuse(refusal: Refusal, empty: Tree): Tree {
    this.#refused = true;
    this.#error(
      refusal.code,
      refusal.message,
      this.#outer === undefined ? refusal.span : spanOf(this.#outer),
      refusal.hint,
    );
    return empty;
  }

  #lineOf(node: Node | undefined): string | undefined {
    if (this.#reported.size >= MOST_REPORTED) return undefined;
    return `first on line ${this.#text.slice(0, spanOf(node).start).split("\n").length}`;
  }

  #error(code: string, message: string, span: Span, hint?: string): void {
    const id = `${code}:${span.start}`;
    if (this.#reported.has(id) || this.#reported.size >= MOST_REPORTED) return;
    this.#reported.add(id);
    this.#problems.error(code, message, { file: this.#file, text: this.#text, span }, hint);
  }
}

function isPlain(key: unknown): boolean {
  return isScalar(key) && key.type === "PLAIN";
}

function isMergeIn(map: YAMLMap): boolean {
  return map.items.some(({ key }) => isScalar(key) && key.value === MERGE && isPlain(key));
}

/** Own keys only, and no prototype: a key named `toString` is a key like any other. */
function objectOf(children: ReadonlyMap<string | number, Tree>): Readonly<Record<string, unknown>> {
  const data: Record<string, unknown> = Object.create(null);
  for (const [key, child] of children) data[String(key)] = child.data;
  return data;
}

export function spanOf(node: unknown): Span {
  const range = isNode(node) ? node.range : undefined;
  return range === undefined || range === null ? { start: 0, end: 0 } : { start: range[0], end: range[1] };
}
