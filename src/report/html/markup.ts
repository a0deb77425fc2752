// HTML that cannot be broken by what is put into it: every part of a template is escaped unless it is markup itself.
import { exact } from "../../result/number.ts";

/** Markup made here. Everything else is escaped by `html`. */
export type Markup = { readonly markup: string };
export type Content = string | Markup | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Most of what is put in: it needs no closer look. */
const HARMLESS = /^[ !#-%(-;=?-~]*$/;

/** Control characters and what turns the direction of text around are made visible. */
function escaped(text: string): string {
  if (HARMLESS.test(text)) return text;
  const visible = text.replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, (c) => (/\s/.test(c) ? " " : "\ufffd"));
  return visible.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function render(content: Content): string {
  if (typeof content === "string") return escaped(content);
  return "markup" in content ? content.markup : content.map(render).join("");
}

/** A share is not parted from its sign at the end of a line. */
export function unbroken(text: string): string {
  return text.replace(/(\d) %/g, "$1\u00a0%");
}

/** A template whose parts are escaped unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Content[]): Markup {
  return { markup: strings.map((string, i) => string + render(parts[i] ?? "")).join("") };
}

export const NOTHING: Markup = { markup: "" };

/** A figure that carries all its digits for whoever reads the page by program; one that shows them all is just text. */
export function data(x: number | null, format: (x: number | null) => string): Markup {
  const text = format(x);
  return x === null || text === exact(x) ? html`${text}` : html`<data value="${exact(x)}">${text}</data>`;
}

/** Only web addresses become links. */
export function link(title: string, url: string | null): Content {
  return url !== null && /^https:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer">${title}</a>` : title;
}

/** What can be opened; `key` says it apart within the page, so that it stays open when figures change. */
export function folded(key: string, summary: Content, body: Content): Markup {
  return html`<details data-key="${key}"><summary>${summary}</summary>\n${body}</details>\n`;
}

export type ColumnHead = {
  readonly title: string;
  readonly figure?: boolean;
  /** sentences stay wide enough to be read, names and dates in one line */
  readonly text?: "sentence" | "word";
};
export type TableParts = {
  readonly caption: string;
  /** the heading above says the same: the caption is for who does not see that they belong together */
  readonly unseenCaption?: boolean;
  readonly heads: readonly ColumnHead[];
  readonly rows: readonly (readonly Content[])[];
  readonly foot?: readonly Content[];
};

/** A table that scrolls on its own where the screen is narrow; the first cell of each row names it. */
export function table({ caption, unseenCaption = false, heads, rows, foot = [] }: TableParts): Markup {
  // What columns hold is stated once, for the table: cells are many.
  const kinds = heads.flatMap(({ figure, text }, i) => {
    const kind = figure === true ? "f" : text === undefined ? undefined : { sentence: "s", word: "w" }[text];
    return kind === undefined ? [] : [`${kind}${String(i + 1)}`];
  });
  const cells = (row: readonly Content[]): Content =>
    row.map((cell, i) => (i === 0 && cell !== "" ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`));
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table${kinds.length === 0 ? "" : html` class="${kinds.join(" ")}"`}>
<caption${unseenCaption ? html` class="unseen"` : ""}>${caption}</caption>
<thead><tr>${heads.map(({ title }) => (title === "" ? html`<td></td>` : html`<th scope="col">${title}</th>`))}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody>
${foot.length === 0 ? "" : html`<tfoot><tr>${cells(foot)}</tr></tfoot>\n`}</table>
</div>
`;
}
