import { type Content, html, type Markup, NOTHING, unbroken } from "./markup.ts";

/** What the page can render again by itself. */
export type Part = {
  readonly id: string;
  readonly title: string;
  /** the capability of the FinOps Framework (2026) that it serves */
  readonly capability: string;
  readonly body: Content;
};

/** One section of the report, with what belongs into it under headings of its own. */
export type Section = Part & { readonly parts?: readonly Part[] };

/** A section with its heading; the page finds the content of it and of its parts by `data-part`. */
export function sectionMarkup({ id, title, capability, body, parts = [] }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title} <span class="capability">${capability}</span></h2>
${contentOf(id, body)}${parts.map(partMarkup)}</section>
`;
}

function partMarkup({ id, title, capability, body }: Part): Markup {
  return html`<h3 class="part" id="${id}">${title} <span class="capability">${capability}</span></h3>
${contentOf(id, body)}`;
}

function contentOf(id: string, body: Content): Markup {
  return body === "" ? NOTHING : html`<div data-part="${id}">\n${body}</div>\n`;
}

/** One paragraph each. */
export function paragraphs(texts: readonly string[], kind = ""): Content {
  return texts.map((text) => html`<p${kind === "" ? "" : html` class="${kind}"`}>${unbroken(text)}</p>\n`);
}
