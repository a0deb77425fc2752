import type { Place, Problems } from "../diagnostic/diagnostic.ts";
import type { Scope, TableView, Value } from "../formula/value.ts";

type Entry = {
  readonly make: () => Value | undefined;
  readonly place: () => Place | undefined;
  state: "new" | "linking" | "done" | "failed";
  value: Value | undefined;
};

/** Names linked when first used; a name that needs itself is a fault with the chain in its message. */
export class LazyScope implements Scope {
  readonly #entries = new Map<string, Entry>();
  readonly #outer: Scope | undefined;
  readonly #problems: Problems;
  readonly #tables: (name: string) => TableView | undefined;
  readonly #chain: string[];

  constructor(problems: Problems, tables: (name: string) => TableView | undefined, outer?: Scope) {
    this.#problems = problems;
    this.#tables = tables;
    this.#outer = outer;
    this.#chain = [];
  }

  define(name: string, make: () => Value | undefined, place: () => Place | undefined = () => undefined): void {
    this.#entries.set(name, { make, place, state: "new", value: undefined });
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  value(name: string): Value | "failed" | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return this.#outer?.value(name);
    if (entry.state === "new") this.#link(name, entry);
    else if (entry.state === "linking") this.#cycle(name, entry);
    return entry.value ?? "failed";
  }

  #link(name: string, entry: Entry): void {
    entry.state = "linking";
    this.#chain.push(name);
    const value = entry.make();
    this.#chain.pop();
    // A cycle found on the way has marked the entry as failed already.
    const failed = hasFailed(entry) || value === undefined;
    entry.state = failed ? "failed" : "done";
    entry.value = failed ? undefined : value;
  }

  #cycle(name: string, entry: Entry): void {
    const chain = [...this.#chain.slice(this.#chain.indexOf(name)), name].join(" -> ");
    this.#problems.error("cycle", `"${name}" depends on itself: ${chain}`, entry.place());
    entry.state = "failed";
  }

  names(): readonly string[] {
    return [...this.#entries.keys(), ...(this.#outer?.names() ?? [])];
  }

  table(name: string): TableView | undefined {
    return this.#tables(name);
  }
}

function hasFailed(entry: Entry): boolean {
  return entry.state === "failed";
}

/** Puts the words of enum parameters into a rate key: `compute_{architecture}`. */
export function interpolate(key: string, scope: LazyScope): string {
  return key.replace(/\{([a-z][a-z0-9_]*)\}/g, (whole, name: string) => {
    const value = scope.value(name);
    return value !== undefined && value !== "failed" && value.kind === "text" ? value.text : whole;
  });
}
