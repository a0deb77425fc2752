// What answers the question: the verdict, key figures of each architecture, what is not counted.
import { mass, massBand } from "../../result/carbon-words.ts";
import type { BudgetOutcome } from "../../result/check.ts";
import { exact, money, percent } from "../../result/number.ts";
import type { ArchitectureResult, Limit } from "../../result/schema.ts";
import * as words from "../wording.ts";
import { budgetLine } from "./budgets.ts";
import { type Content, data, html, type Markup } from "./markup.ts";
import { placeOf, ranked, type View } from "./view.ts";

/**
 * The first screen without the name of the scenario.
 * @param awaited what is still being computed, in words
 */
export function firstScreen(view: View, budgets: readonly BudgetOutcome[], awaited = ""): Markup {
  const { result } = view;
  const [first = result.scenario.name, ...rest] = result.comparison.verdict;
  const more = [
    ...rest.map((text) => html`<li>${text}</li>\n`),
    ...(awaited === "" ? [] : [html`<li class="soft">${awaited}</li>\n`]),
  ];
  return html`<h1>${first}</h1>
<h2 class="unseen">Key figures</h2>
<ul class="cards">
${ranked(view).map((name) => card(name, view))}</ul>
${budgetLine(budgets)}${more.length === 0 ? "" : html`<ul class="verdict">\n${more}</ul>\n`}<p class="soft">Not counted: ${words.notCountedNames(result)}. <a href="#not-counted">Why</a></p>
`;
}

function card(name: string, view: View): Content {
  const { result } = view;
  const architecture = result.architectures[name];
  if (architecture === undefined) return "";
  const { cost } = architecture;
  const best = name === result.comparison.cheapest;
  return html`<li class="card series-${String(placeOf(view, name) % 7)}${best ? " best" : ""}">
<h3>${name}</h3>
<p class="badges">${badges(name, architecture, view)}</p>
<p class="big">${data(cost.month, money)} <span>a month</span></p>
<dl>
<div><dt>A year</dt><dd>${data(cost.year, money)}</dd></div>
<div><dt>Per ${result.workload.reported_unit}</dt><dd>${data(cost.per_reported_unit, money)}</dd></div>
${saving(name, view)}${firstLimit(architecture)}${carbon(architecture)}</dl>
</li>
`;
}

function badges(name: string, { feasible, raises }: ArchitectureResult, { result }: View): Content {
  const told: Markup[] = [];
  if (name === result.comparison.cheapest) told.push(html`<span class="badge good">${"✓"} cheapest</span> `);
  if (name === result.current) told.push(html`<span class="badge">current</span> `);
  if (!feasible) told.push(html`<span class="badge bad">${"✗"} cannot serve the load</span> `);
  if (raises.length > 0)
    told.push(
      html`<span class="badge warn">${"▲"} ${raises.length === 1 ? "1 raise needed" : `${String(raises.length)} raises needed`}</span> `,
    );
  return told;
}

function saving(name: string, { result }: View): Content {
  const row = result.comparison.rows.find((each) => each.architecture === name);
  if (row === undefined || row.saving_share === null || result.current === null || name === result.current) return "";
  const share = row.saving_share;
  const word = share >= 0 ? "less" : "more";
  return html`<div><dt>Against ${result.current}</dt><dd><data value="${exact(share)}">${percent(Math.abs(share))}</data> ${word}</dd></div>\n`;
}

function firstLimit({ limits, capacity }: ArchitectureResult): Content {
  if (limits.length === 0) return html`<div><dt>First limit</dt><dd>none known</dd></div>\n`;
  const at = capacity.granted;
  const first = limits.find(({ quota }) => quota === at?.quota);
  if (at === null || first === undefined) return html`<div><dt>First limit</dt><dd>none at any load</dd></div>\n`;
  return html`<div class="block"><dt>First limit, as granted</dt><dd><data value="${exact(at.units)}">${atLoad(at)}</data>: ${short(first)}</dd></div>\n`;
}

function atLoad({ units, share }: { readonly units: number; readonly share: number }): string {
  return units === 0 ? "at any load" : `${percent(share)} of the load`;
}

function short({ title, code }: Limit): string {
  return code === null ? title : `${title} (${code})`;
}

function carbon({ carbon: found }: ArchitectureResult): Content {
  if (found === null) return "";
  return html`<div class="block"><dt>Carbon a month, CO2e</dt><dd><data value="${exact(found.month.central)}">${mass(found.month.central)}</data> <span class="soft">(${massBand(found.month)})</span></dd></div>\n`;
}
