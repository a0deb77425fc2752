// What answers the question: the verdict, key figures of each architecture, what is not counted.
import { andMore, mass, massBand } from "../../result/carbon-words.ts";
import type { BudgetOutcome } from "../../result/check.ts";
import { breakEvenSentence, uncertaintySentences } from "../../result/decision-words.ts";
import { exact, money, percent } from "../../result/number.ts";
import type { ArchitectureResult, Result } from "../../result/schema.ts";
import * as words from "../wording.ts";
import { budgetsOpened } from "./budgets.ts";
import { turnSentences } from "./curves.ts";
import { type Content, data, html, type Markup, unbroken } from "./markup.ts";
import { placeOf, ranked, type View } from "./view.ts";

/** What load the figures are for, and on what day's prices. */
export function headerWords(result: Result): string {
  return `${words.workloadWords(result)}. Prices of ${result.scenario.as_of.prices}, ${words.regionsWords(result)}.`;
}

/**
 * The first screen without the name of the scenario.
 * @param awaited what is still being computed, in words
 */
export function firstScreen(view: View, budgets: readonly BudgetOutcome[], awaited = ""): Markup {
  const { result } = view;
  const flips = result.break_even === null ? turnSentences(view) : [breakEvenSentence(result.break_even)];
  const sure = result.uncertainty === null ? [] : uncertaintySentences(result.uncertainty, result);
  const [first = result.scenario.name, ...rest] = result.comparison.verdict;
  const more = rest
    .filter((text) => ![...flips, ...sure].includes(text))
    .map((text) => html`<li>${unbroken(text)}</li>\n`);
  return html`<h1>${unbroken(first)}</h1>
${lead([
  { title: "How sure", text: sure.length === 0 ? awaited : sure.join(" ") },
  { title: "Where it flips", text: upperFirst(flips.join(" ").replace(/^Break-even: /, "")) },
])}<h2 class="unseen">Key figures</h2>
<ul class="cards${result.current === null ? "" : " against"}">
${ranked(view).map((name) => card(name, view))}</ul>
${budgetsOpened(budgets)}${more.length === 0 ? "" : html`<ul class="verdict">\n${more}</ul>\n`}<p class="soft">Not counted: ${words.notCountedNames(result)}. <a href="#not-counted">Why</a></p>
`;
}

/** What a reader asks next. */
function lead(entries: readonly { readonly title: string; readonly text: string }[]): Content {
  const filled = entries.filter(({ text }) => text !== "");
  if (filled.length === 0) return "";
  return html`<dl class="lead">
${filled.map(({ title, text }) => html`<div><dt>${title}</dt><dd>${unbroken(text)}</dd></div>\n`)}</dl>
`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function card(name: string, view: View): Content {
  const { result } = view;
  const architecture = result.architectures[name];
  if (architecture === undefined) return "";
  const { cost } = architecture;
  const best = name === result.comparison.cheapest;
  return html`<li class="card series-${String(placeOf(view, name) % 7)}${best ? " best" : ""}">
<div class="who"><h3>${name}</h3>
<p class="badges">${badges(name, architecture, view)}</p></div>
<p class="big">${data(cost.month, money)} <span>a month</span></p>
<dl>
<div><dt>A year</dt><dd>${data(cost.year, money)}</dd></div>
<div><dt>Per ${result.workload.reported_unit}</dt><dd>${data(cost.per_reported_unit, money)}</dd></div>
${saving(name, view)}${firstLimit(architecture)}${carbon(architecture)}</dl>
</li>
`;
}

function badges(name: string, { feasible, raises }: ArchitectureResult, { result }: View): Content {
  const badges: Markup[] = [];
  if (name === result.comparison.cheapest) badges.push(html`<span class="badge good">${"✓"} cheapest</span> `);
  if (name === result.current) badges.push(html`<span class="badge">current</span> `);
  if (!feasible) badges.push(html`<span class="badge bad">${"✗"} cannot serve the load</span> `);
  if (raises.length > 0)
    badges.push(
      html`<span class="badge warn">${"▲"} ${raises.length === 1 ? "1 raise needed" : `${String(raises.length)} raises needed`}</span> `,
    );
  return badges;
}

function saving(name: string, { result }: View): Content {
  const row = result.comparison.rows.find((each) => each.architecture === name);
  if (result.current === null) return "";
  if (row === undefined || row.saving_share === null || name === result.current)
    return html`<div class="empty"><dt>Against ${result.current}</dt><dd>current</dd></div>\n`;
  const share = row.saving_share;
  const word = share >= 0 ? "less" : "more";
  return html`<div><dt>Against ${result.current}</dt><dd><data value="${exact(share)}">${percent(Math.abs(share))}</data> ${word}</dd></div>\n`;
}

function firstLimit({ limits, capacity }: ArchitectureResult): Content {
  if (limits.length === 0) return html`<div class="block limit"><dt>First limit</dt><dd>none known</dd></div>\n`;
  const at = capacity.granted;
  const first = limits.find(({ quota }) => quota === at?.quota);
  if (at === null || first === undefined)
    return html`<div class="block limit"><dt>First limit</dt><dd>none at any load</dd></div>\n`;
  return html`<div class="block limit"><dt>First limit, as granted</dt><dd><data value="${exact(at.units)}">${atLoad(at)}</data>: <span class="soft">${first.title}</span></dd></div>\n`;
}

function atLoad({ units, share }: { readonly units: number; readonly share: number }): string {
  return units === 0 ? "at any load" : `${percent(share)} of the load`;
}

function carbon({ carbon: found }: ArchitectureResult): Content {
  if (found === null) return "";
  return html`<div class="block carbon"><dt>Carbon a month, CO2e</dt><dd><data value="${exact(found.month.central)}">${mass(found.month.central)}</data>${andMore(found)} <span class="soft">(${massBand(found.month)})</span></dd></div>\n`;
}
