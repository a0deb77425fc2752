// A result as one HTML page: no script, no request to anywhere; names from scenarios are text and never markup.

import { exact, figure, money, percent, quantity } from "../result/number.ts";
import type { ArchitectureResult, Limit, LineItem, Result } from "../result/schema.ts";
import * as carbon from "./carbon.ts";
import { PAGE_STYLE } from "./html-style.ts";
import * as limits from "./limits.ts";
import { base64, sha256Base64 } from "./sha256.ts";
import * as words from "./wording.ts";

/** A chart drawn elsewhere; `title` says what it shows and stands in for it where it cannot be seen. */
export type ChartImage = { readonly name: string; readonly title: string } & (
  | { readonly svg: string }
  | { readonly png: Uint8Array }
);
export type HtmlOptions = { readonly charts?: readonly ChartImage[] };

/** Markup made here. Everything else is escaped by `html`. */
type Markup = { readonly markup: string };
type Content = string | Markup | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, (c) => (/\s/.test(c) ? " " : "\ufffd"));
  return visible.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function render(content: Content): string {
  if (typeof content === "string") return escaped(content);
  return "markup" in content ? content.markup : content.map(render).join("");
}

/** A template whose parts are escaped unless they are markup themselves. */
function html(strings: TemplateStringsArray, ...parts: readonly Content[]): Markup {
  return { markup: strings.map((string, i) => string + render(parts[i] ?? "")).join("") };
}

/** A rounded figure that carries all its digits for whoever reads the page by program. */
function data(x: number | null, format: (x: number | null) => string): Markup {
  return x === null ? html`${format(x)}` : html`<data value="${exact(x)}">${format(x)}</data>`;
}

type ColumnHead = { readonly title: string; readonly figure?: boolean };
type TableParts = {
  readonly caption: string;
  readonly heads: readonly ColumnHead[];
  readonly rows: readonly (readonly Content[])[];
};

function table({ caption, heads, rows }: TableParts, foot: readonly Content[] = []): Markup {
  const kind = (i: number): Markup => (heads[i]?.figure === true ? html` class="figure"` : html``);
  const body = rows.map(
    (cells) =>
      html`<tr>${cells.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td${kind(i)}>${cell}</td>`))}</tr>\n`,
  );
  const sum = foot.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td${kind(i)}>${cell}</td>`));
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head, i) => html`<th scope="col"${kind(i)}>${head.title}</th>`)}</tr></thead>
<tbody>
${body}</tbody>
${foot.length === 0 ? "" : html`<tfoot><tr>${sum}</tr></tfoot>\n`}</table>
</div>
`;
}

function comparison(result: Result): Markup {
  const saving = result.current !== null;
  const amounts = ["a month", "a year", `per ${result.workload.reported_unit}`, ...(saving ? ["saves", "share"] : [])];
  const rows = result.comparison.rows.map((row): Content[] => {
    const architecture = result.architectures[row.architecture];
    const isCurrent = row.architecture === result.current;
    const savings = isCurrent ? ["", "current"] : [data(row.saving, money), data(row.saving_share, percent)];
    const cheapest = row.architecture === result.comparison.cheapest;
    return [
      [
        cheapest ? html`<span class="good">${row.architecture} (cheapest)</span>` : row.architecture,
        feasibility(architecture),
      ],
      data(row.month, money),
      data(row.year, money),
      data(architecture === undefined ? null : architecture.cost.per_reported_unit, money),
      ...(saving ? savings : []),
    ];
  });
  const heads = [{ title: "Architecture" }, ...amounts.map((title) => ({ title, figure: true }))];
  return table({ caption: "US dollars, cheapest first", heads, rows });
}

function feasibility(architecture: ArchitectureResult | undefined): Content {
  return architecture?.feasible === false ? html` <span class="bad">not feasible</span>` : "";
}

const LINE_HEADS: readonly ColumnHead[] = [
  { title: "Line item" },
  { title: "Service" },
  { title: "Quantity", figure: true },
  { title: "Unit" },
  { title: "Unit price", figure: true },
  { title: "Cost a month", figure: true },
  { title: "Formula" },
  { title: "Source of the price" },
];

function lineRow(item: LineItem): Content[] {
  const { price, sign } = words.priceOf(item);
  const seen = item.x_SourceDate === null ? "" : `, seen ${item.x_SourceDate}`;
  return [
    words.lineName(item),
    item.ServiceName,
    data(item.PricingQuantity, quantity),
    words.unitWords(item.PricingUnit),
    ["× ", data(price, money)],
    [`${sign} `, data(item.EffectiveCost, money), words.markOf(item)],
    html`<code>${item.x_Formula}</code>`,
    `${item.x_Source}${seen} (${item.x_PriceStatus})`,
  ];
}

function architectureSection(name: string, architecture: ArchitectureResult): Markup {
  const { priced, free } = words.orderedLines(architecture.line_items);
  const marks = words.legend(architecture.line_items);
  const foot = ["Total a month", "", "", "", "", data(architecture.cost.month, money), "", ""];
  const title = architecture.title === name ? name : `${name}: ${architecture.title}`;
  const roles = words
    .orderedRoles(architecture)
    .map(([role, { month, share }]) => [words.roleName(role), data(month, money), data(share, percent)]);
  const amounts = [
    { title: "Cost a month", figure: true },
    { title: "Share", figure: true },
  ];
  return html`<section>
<h2>${title}</h2>
${words.obstacles(architecture).map((text) => html`<p class="bad">${text}</p>\n`)}${table({ caption: `Line items of ${name}, largest first`, heads: LINE_HEADS, rows: [...priced, ...free].map(lineRow) }, foot)}
${marks === null ? "" : html`<p class="soft">${marks}</p>\n`}${words.remarks(architecture).map((text) => html`<p>${text}</p>\n`)}
${roles.length === 0 ? "" : table({ caption: `What the money of ${name} is for`, heads: [{ title: "Role" }, ...amounts], rows: roles })}</section>
`;
}

const LIMIT_HEADS: readonly ColumnHead[] = [
  { title: "Quota" },
  { title: "Code" },
  { title: "Binds at", figure: true },
  { title: "Demand", figure: true },
  { title: "Published", figure: true },
  { title: "Granted", figure: true },
  { title: "Unit" },
  { title: "Above it" },
  { title: "Known since, source" },
];

function limitRow(limit: Limit): Content[] {
  const at = limit.binds_at_granted;
  return [
    [limit.title, limits.limitMark(limit)],
    limit.code ?? "",
    at === null ? "never" : html`<data value="${exact(at.units)}">${percent(at.share)}</data>`,
    data(limit.demand, quantity),
    data(limit.value, quantity),
    data(limit.granted, quantity),
    limit.unit,
    [limits.effectWords(limit), limit.behaviour === null ? "" : `: ${limit.behaviour}`],
    [`${limit.as_of}, `, link(limit.source, limit.source_url)],
  ];
}

function limitSection(result: Result): Content {
  const known = Object.entries(result.architectures).filter(([, architecture]) => architecture.limits.length > 0);
  if (known.length === 0) return "";
  const legend = limits.limitLegend(known.flatMap(([, architecture]) => architecture.limits));
  const tables = known.map(([name, architecture]) => {
    const told = [
      limits.capacitySentence(architecture),
      limits.raisesSentence(architecture),
      ...limits.restartSentences(architecture),
    ];
    const sentences = told.map((sentence) => (sentence === null ? "" : html`<p>${sentence}.</p>\n`));
    return [
      table({
        caption: `Quotas of ${name}, hit first standing first`,
        heads: LIMIT_HEADS,
        rows: architecture.limits.map(limitRow),
      }),
      sentences,
    ];
  });
  const basis = [limits.quotaBasis(result), ...(legend === null ? [] : [legend])].join(". ");
  return html`<section>\n<h2>Limits</h2>\n${tables}<p class="soft">${basis}.</p>\n</section>\n`;
}

function carbonSection(result: Result): Content {
  const rows = carbon.carbonRows(result);
  if (rows.length === 0) return "";
  const base = result.comparison.carbon?.base;
  const amounts = ["CO2e a month", "low to high", "operational", "embodied", `per ${result.workload.reported_unit}`];
  const titles = [...amounts, "energy", ...(base === undefined ? [] : [`against ${base}`])];
  const heads = [{ title: "Architecture" }, ...titles.map((title) => ({ title, figure: true }))];
  const kilograms = (x: number, words: string): Markup => html`<data value="${exact(x)}">${words}</data>`;
  const cells = rows.map((row): Content[] => [
    row.name,
    kilograms(row.carbon.month.central, row.month),
    row.band,
    kilograms(row.carbon.operational.central, row.operational),
    kilograms(row.carbon.embodied.central, row.embodied),
    row.perUnit,
    row.energy,
    ...(base === undefined ? [] : [row.name === base ? "base" : row.change]),
  ]);
  const parts = rows.map(({ name, carbon: own }) => {
    const lines = carbon
      .carbonParts(own, own.lines.length)
      .map(({ what, month, mark, band, energy }): Content[] => [what, [month, mark], band, energy]);
    const columns = ["CO2e a month", "low to high", "energy"].map((title) => ({ title, figure: true }));
    const caption = `Carbon of ${name}, largest first`;
    return lines.length === 0 ? "" : table({ caption, heads: [{ title: "Part" }, ...columns], rows: lines });
  });
  const said = [...carbon.carbonSentences(result), ...carbon.carbonGaps(result)];
  const basis = [carbon.carbonBasis(result), carbon.carbonCredits(result)].filter((part) => part !== null).join(". ");
  return html`<section>\n<h2>Carbon</h2>\n${table({ caption: "CO2e, least first", heads, rows: cells })}${said.map((text) => html`<p>${text}.</p>\n`)}${parts}<p class="soft">${basis}.</p>\n</section>\n`;
}

function growthSection(result: Result): Content {
  if (result.growth === null) return "";
  const names = Object.keys(result.architectures);
  const heads = [{ title: "Month" }, ...[result.workload.driver, ...names].map((title) => ({ title, figure: true }))];
  const rows = result.growth.months.map(({ month, driver, cost }): Content[] => [
    figure(month),
    data(driver, quantity),
    ...names.map((name) => data(cost[name] ?? null, money)),
  ]);
  const hits = limits.growthHits(result).map((hit) => html`<p>${hit}.</p>\n`);
  return html`<section>\n<h2>Growth</h2>\n${table({ caption: "US dollars in the month as the load grows", heads, rows })}${hits}</section>\n`;
}

function assumptions({ assumptions: list }: Result): Content {
  if (list.length === 0) return "";
  const heads = [
    { title: "Input" },
    { title: "Value", figure: true },
    { title: "Unit" },
    { title: "Range" },
    { title: "Status" },
    { title: "Reason" },
    { title: "Where" },
  ];
  const rows = list.map(({ address, value, unit, low, high, status, reason, place }): Content[] => [
    address,
    typeof value === "number" ? data(value, quantity) : value,
    unit,
    low === null || high === null ? "" : [data(low, quantity), " to ", data(high, quantity)],
    status,
    reason ?? "",
    place ?? "",
  ]);
  return html`<section>\n<h2>Assumptions</h2>\n${table({ caption: "Inputs and how sure they are", heads, rows })}</section>\n`;
}

function priceBook({ prices }: Result): Content {
  if (prices.length === 0) return "";
  const heads = [
    { title: "Price" },
    { title: "Region" },
    { title: "Unit" },
    { title: "Tiers, US dollars" },
    { title: "Known from, last seen" },
    { title: "Status" },
    { title: "Source" },
  ];
  const rows = prices.map((price): Content[] => [
    `${price.service} ${price.rate}`,
    price.region === price.region_of_price ? price.region : `${price.region}, price of ${price.region_of_price}`,
    words.unitWords(price.unit),
    price.tiers.map(
      (tier) => html`<div>${price.tiers.length > 1 ? `from ${figure(tier.from)}: ` : ""}${tier.price}</div>`,
    ),
    `${price.from}, ${price.observed}${price.gap_days > 0 ? ` (${figure(price.gap_days)} days before use)` : ""}`,
    price.status,
    [link(price.source_title, price.source_url), price.note === null ? "" : `. ${price.note}`],
  ]);
  return html`<section>\n<h2>Price book</h2>\n${table({ caption: "Every price that was used", heads, rows })}</section>\n`;
}

/** Only web addresses become links. */
function link(title: string, url: string | null): Content {
  return url !== null && /^https:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer">${title}</a>` : title;
}

function chartFigure(chart: ChartImage): Markup {
  const source =
    "svg" in chart
      ? `data:image/svg+xml,${encodeURIComponent(chart.svg)}`
      : `data:image/png;base64,${base64(chart.png)}`;
  return html`<figure><img src="${source}" alt="${chart.title}"><figcaption class="soft">${chart.title}</figcaption></figure>\n`;
}

function notes(result: Result): Markup {
  const item = (lead: string, { architectures, text }: words.Shared): Markup =>
    html`<li>${lead}${architectures.join(", ")}: ${text}</li>\n`;
  const told = [
    ...words.notices(result).map((entry) => item("Note on ", entry)),
    ...result.warnings.map((text) => html`<li class="bad">Warning: ${text}</li>\n`),
  ];
  return html`<section>
<h2>Not counted</h2>
<ul>
${words.notCounted(result).map((entry) => item("", entry))}</ul>
${told.length === 0 ? "" : html`<h2>Notes</h2>\n<ul>\n${told}</ul>\n`}</section>
`;
}

/**
 * One result as a page that needs nothing but itself.
 * @param options charts are shown in the order given, embedded as images
 */
export function renderHtml(result: Result, { charts = [] }: HtmlOptions = {}): string {
  const [first = result.scenario.name, ...rest] = result.comparison.verdict;
  const policy = `default-src 'none'; style-src 'sha256-${sha256Base64(PAGE_STYLE)}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const { name, question } = result.scenario;
  const sections = Object.entries(result.architectures).map(([key, architecture]) =>
    architectureSection(key, architecture),
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<style>${{ markup: PAGE_STYLE }}</style>
</head>
<body>
<main>
<p class="soft">${name}</p>
<h1>${first}</h1>
${rest.map((text) => html`<p>${text}</p>\n`)}<p class="soft">${question === null ? "" : `${question} `}${words.workloadWords(result)}.</p>
<h2>Comparison</h2>
${comparison(result)}${charts.map(chartFigure)}${limitSection(result)}${carbonSection(result)}${growthSection(result)}${sections}${notes(result)}${assumptions(result)}${priceBook(result)}</main>
<footer>
<p>${words.basisWords(result)}.</p>
<p>How a figure came about: <code>${words.explainCommand(result)}</code></p>
<p>${result.program.name} ${result.program.version}</p>
</footer>
</body>
</html>
`.markup;
}
