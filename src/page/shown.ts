// The parts of the report as they stand in the page: which can be rendered again, and what is noted of them.
import { element } from "./element.ts";

/** Parts by their `data-part`; a part keeps its element, its content is replaced. */
export type Shown = {
  /** replaces the content of a part; what was open stays open */
  readonly show: (id: string, markup: string) => void;
  /** says something above a part, instead of what was said before; undefined: nothing */
  readonly note: (id: string, words: readonly (string | Node)[] | undefined) => void;
  /** everything as it was loaded */
  readonly restore: () => void;
};

/** Looks once for the parts, and keeps what stood in each. */
export function shownParts(): Shown {
  const hosts = Array.from(document.querySelectorAll<HTMLElement>("[data-part]"));
  const parts = new Map(hosts.map((host) => [host.dataset["part"] ?? "", { host, original: host.innerHTML }]));
  // What a part holds by now; most settings leave some parts as they are.
  const current = new Map([...parts].map(([id, { original }]) => [id, original]));
  const notes = new Map<string, HTMLElement>();
  const note: Shown["note"] = (id, words) => {
    notes.get(id)?.remove();
    notes.delete(id);
    const part = parts.get(id);
    if (words === undefined || part === undefined) return;
    const said = element("p", { class: "stale" }, ...words);
    // Beside the part and not in it: what a part holds is its own.
    part.host.before(said);
    notes.set(id, said);
  };
  const show: Shown["show"] = (id, markup) => {
    const part = parts.get(id);
    if (part === undefined || current.get(id) === markup) return;
    replace(part.host, markup);
    current.set(id, markup);
  };
  return {
    show,
    note,
    restore: () => {
      for (const [id, { original }] of parts) {
        note(id, undefined);
        show(id, original);
      }
    },
  };
}

/** Reports what can be opened apart: by its key, else by its words within what has one. */
function keyOf(details: HTMLElement): string {
  const own = details.dataset["key"];
  if (own !== undefined) return own;
  const around = details.parentElement?.closest<HTMLElement>("details[data-key]");
  return `${around?.dataset["key"] ?? ""} ${details.querySelector("summary")?.textContent ?? ""}`;
}

/** Puts markup of our own templates into a part. */
function replace(part: HTMLElement, markup: string): void {
  const open = new Set(Array.from(part.querySelectorAll<HTMLElement>("details[open]"), keyOf));
  part.innerHTML = markup;
  if (open.size === 0) return;
  for (const each of Array.from(part.querySelectorAll("details"))) {
    if (open.has(keyOf(each))) each.open = true;
  }
}
