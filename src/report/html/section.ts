import { type Content, html, type Markup } from "./markup.ts";

/** One part of the report. */
export type Section = {
  readonly id: string;
  readonly title: string;
  /** the capability of the FinOps Framework (2026) that it serves */
  readonly capability: string;
  readonly body: Content;
};

/** A part with its heading; the page finds its content by `data-part`. */
export function sectionMarkup({ id, title, capability, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title} <span class="capability">${capability}</span></h2>
<div data-part="${id}">
${body}</div>
</section>
`;
}

/** One paragraph each. */
export function paragraphs(texts: readonly string[], kind = ""): Content {
  return texts.map((text) => html`<p${kind === "" ? "" : html` class="${kind}"`}>${text}</p>\n`);
}
