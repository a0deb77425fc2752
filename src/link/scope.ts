import type { Place, Problems } from "../diagnostic/diagnostic.ts";
import type { Scope, TableView, Value } from "../formula/value.ts";

type Entry = {
  readonly make: () => Value | undefined;
  readonly place: () => Place | undefined;
  readonly needs: () => readonly string[];
  state: "new" | "linking" | "done" | "failed";
  value: Value | undefined;
};

/** Names of a chain that a message shows at its beginning and at its end. */
const SHOWN = 10;

/**
 * Names linked when first used; a name that needs itself is a fault with the chain in its message. What a name is known to
 * need is linked before it, so that a chain of any length takes no stack.
 */
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

  /** @param needs names that `make` is going to ask for; what it asks for besides is linked on the way */
  define(
    name: string,
    make: () => Value | undefined,
    place: () => Place | undefined = () => undefined,
    needs: () => readonly string[] = () => [],
  ): void {
    this.#entries.set(name, { make, place, needs, state: "new", value: undefined });
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  value(name: string): Value | "failed" | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return this.#outer?.value(name);
    if (entry.state === "new") this.#linkWithNeeds(name, entry);
    else if (entry.state === "linking") this.#cycle(name, entry);
    return entry.value ?? "failed";
  }

  #linkWithNeeds(name: string, entry: Entry): void {
    const open = [this.#begin(name, entry)];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.needs.pop();
      const needed = next === undefined ? undefined : this.#entries.get(next);
      if (next === undefined) {
        this.#link(top.entry);
        open.pop();
      } else if (needed?.state === "new") open.push(this.#begin(next, needed));
      else if (needed?.state === "linking") this.#cycle(next, needed);
    }
  }

  #begin(name: string, entry: Entry): { readonly entry: Entry; readonly needs: string[] } {
    entry.state = "linking";
    this.#chain.push(name);
    // Taken from the end: the first one that a formula names is linked first.
    return { entry, needs: [...entry.needs()].reverse() };
  }

  #link(entry: Entry): void {
    const value = entry.make();
    this.#chain.pop();
    // A cycle found on the way has marked the entry as failed already.
    const failed = hasFailed(entry) || value === undefined;
    entry.state = failed ? "failed" : "done";
    entry.value = failed ? undefined : value;
  }

  #cycle(name: string, entry: Entry): void {
    const chain = shownChain([...this.#chain.slice(this.#chain.indexOf(name)), name]).join(" -> ");
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

function shownChain(names: readonly string[]): readonly string[] {
  const left = names.length - 2 * SHOWN;
  return left <= 0 ? names : [...names.slice(0, SHOWN), `(${left} more)`, ...names.slice(-SHOWN)];
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
