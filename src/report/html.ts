// A result as one HTML page that needs nothing but itself: readable without script, no request to anywhere; names from
// scenarios are text and never markup.

import type { BudgetOutcome } from "../result/check.ts";
import type { SwingsResult } from "../result/decision-schema.ts";
import type { LeversResult } from "../result/levers.ts";
import type { Result } from "../result/schema.ts";
import { firstScreen, headerWords } from "./html/first-screen.ts";
import { type Content, html } from "./html/markup.ts";
import { type Section, sectionMarkup } from "./html/section.ts";
import { sectionsOf } from "./html/sections.ts";
import type { View } from "./html/view.ts";
import { PAGE_STYLE } from "./html-style.ts";
import { sha256 } from "./sha256.ts";

/** What makes the page compute. */
export type PageProgram = {
  /** starts the program */
  readonly loader: string;
  /** deflated, in base64 */
  readonly program: string;
  /** SHA-256 of the program as text, in base64 */
  readonly hash: string;
  /** deflated JSON, in base64 */
  readonly model: string;
};
export type HtmlOptions = {
  /** absent: the page has no sliders and no script */
  readonly program?: PageProgram;
  readonly sensitivity?: SwingsResult;
  readonly budgets?: readonly BudgetOutcome[];
  readonly levers?: LeversResult;
};

/**
 * One result as a page.
 * @param options the program of the page, and what analyses found
 */
export function renderHtml(result: Result, { program, sensitivity, budgets = [], levers }: HtmlOptions = {}): string {
  const view: View = { result, order: Object.keys(result.architectures) };
  const { name, question } = result.scenario;
  const sections = sectionsOf(view, { sensitivity, levers });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(program)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
<a class="skip" href="#comparison">Skip to the comparison</a>
<header class="top">
<p class="soft"><strong>${name}</strong>${question === null ? "" : `. ${question}`}</p>
<p class="soft" data-part="header">${headerWords(result)}</p>
</header>
<main>
<div class="first" data-part="first">
${firstScreen(view, budgets)}</div>
${program === undefined ? "" : html`<aside id="what-if" aria-label="What if" hidden></aside>\n`}<div class="parts">
${contents(sections)}${sections.map(sectionMarkup)}</div>
</main>
<footer>
<p>${result.program.name} ${result.program.version}. This page makes no request: it can be passed around as one file.</p>
</footer>
${program === undefined ? "" : programMarkup(program)}</body>
</html>
`.markup;
}

function programMarkup({ loader, program, model }: PageProgram): Content {
  const carried = (id: string, text: string): Content =>
    html`<script type="application/octet-stream" id="${id}">${text}</script>\n`;
  return [carried("model", model), carried("program", program), html`<script>${{ markup: loader }}</script>\n`];
}

function policy(program: PageProgram | undefined): string {
  const script =
    program === undefined ? "" : `script-src 'sha256-${sha256(program.loader, "base64")}' 'sha256-${program.hash}'; `;
  return `default-src 'none'; ${script}style-src 'sha256-${sha256(PAGE_STYLE, "base64")}'; base-uri 'none'; form-action 'none'`;
}

function contents(sections: readonly Section[]): Content {
  const items = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>\n`);
  return html`<nav aria-label="Contents"><ul>\n${items}</ul></nav>\n`;
}
