// What the figures rest on: quality of the data, assumptions, prices, method.
import { figure, inLocale, percent, quantity } from "../../result/number.ts";
import type { Assumption, Result } from "../../result/schema.ts";
import * as limits from "../limits.ts";
import * as words from "../wording.ts";
import { type ColumnHead, type Content, data, folded, html, link, type Markup, table } from "./markup.ts";
import { type Part, paragraphs, type Section } from "./section.ts";

export function notCountedPart(result: Result): Part {
  const item = (lead: string, { architectures, text }: words.Shared): Markup =>
    html`<li>${lead}${architectures.join(", ")}: ${text}</li>\n`;
  const notes = [
    ...words.notices(result).map((entry) => item("", entry)),
    ...result.warnings.map((text) => html`<li class="bad">Warning: ${text}</li>\n`),
  ];
  return {
    id: "not-counted",
    title: "Not counted",
    capability: "Planning & Estimating",
    body: html`<ul>
${words.notCounted(result).map((entry) => item("", entry))}</ul>
${notes.length === 0 ? "" : html`<h4>Notes</h4>\n<ul>\n${notes}</ul>\n`}`,
  };
}

/** Score card of the data, then every input with its status and reason. */
export function assumptionSection(result: Result): Section {
  const own = result.assumptions.filter(({ status }) => status !== "default");
  const defaults = result.assumptions.filter(({ status }) => status === "default");
  const title = `${figure(defaults.length)} defaults of services that the scenario leaves as they are`;
  return {
    id: "assumptions",
    title: "Data quality and assumptions",
    capability: "Planning & Estimating",
    body: [
      scoreCard(result),
      own.length === 0 ? "" : inputs("Inputs of the scenario and how sure they are", own, result.scenario.file),
      defaults.length === 0 ? "" : folded("defaults", title, defaultTable(title, defaults)),
    ],
  };
}

/** @param file of the scenario: a place in it is stated by its line */
function inputs(caption: string, list: readonly Assumption[], file: string): Markup {
  const heads: ColumnHead[] = [
    { title: "Input" },
    { title: "Value", figure: true },
    { title: "Unit" },
    { title: "Range", text: "word" },
    { title: "Status" },
    { title: "Reason", text: "sentence" },
    { title: "Where", text: "word" },
  ];
  const rows = list.map(({ address, value, unit, low, high, status, reason, place }): Content[] => [
    address,
    typeof value === "number" ? data(value, quantity) : value,
    unit,
    low === null || high === null ? "" : [data(low, quantity), " to ", data(high, quantity)],
    status,
    reason ?? "",
    (place ?? "").replace(`${file}:`, "line "),
  ]);
  return table({ caption, heads, rows });
}

/** Defaults that several components share stand in one row. */
function defaultTable(caption: string, list: readonly Assumption[]): Markup {
  const groups = new Map<string, Assumption[]>();
  for (const each of list) {
    const parameter = each.address.split(".").at(-1) ?? "";
    const key = JSON.stringify([parameter, each.value, each.unit, each.reason]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const rows = [...groups.values()].flatMap((group): Content[][] => {
    const [first] = group;
    if (first === undefined) return [];
    const { address, value, unit, reason } = first;
    const owners = group.map((each) => each.address.split(".").slice(0, -1).join("."));
    const shown = typeof value === "number" ? data(value, quantity) : value;
    return [[address.split(".").at(-1) ?? "", shown, unit, reason ?? "", owners.join(", ")]];
  });
  const heads: ColumnHead[] = [
    { title: "Parameter" },
    { title: "Value", figure: true },
    { title: "Unit" },
    { title: "Meaning", text: "sentence" },
    { title: "Of", text: "sentence" },
  ];
  return table({ caption, heads, rows });
}

/** How many inputs of a kind have which status. */
function tally(statuses: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const status of statuses) counts.set(status, 1 + (counts.has(status) ? Number(counts.get(status)) : 0));
  return [...counts].map(([status, count]) => `${figure(count)} ${status}`).join(", ");
}

function scoreCard(result: Result): Markup {
  const variables = result.assumptions.filter(({ status }) => status !== "default");
  const firm = variables.filter(({ status }) => status === "measured" || status === "documented").length;
  const ranged = variables.filter(({ low, high }) => low !== null && high !== null).length;
  const prices = result.prices;
  const listed = prices.filter(({ status }) => status === "listed" || status === "stated").length;
  const oldest = prices.map(({ observed }) => observed).sort()[0];
  const quotas = Object.values(result.architectures).flatMap((architecture) => architecture.limits);
  const read = quotas.filter(({ assumed, evidence }) => !assumed && evidence !== "recall").length;
  const part = (count: number, all: number): Content => (all === 0 ? "none used" : [data(count / all, percent)]);
  const rows: Content[][] = [
    [
      "Inputs",
      figure(variables.length),
      part(firm, variables.length),
      `${tally(variables.map(({ status }) => status))}; ${figure(ranged)} with a range`,
    ],
    [
      "Prices",
      figure(prices.length),
      part(listed, prices.length),
      `${tally(prices.map(({ status }) => status))}${oldest === undefined ? "" : `; the oldest was last seen on ${oldest}`}`,
    ],
    [
      "Quotas",
      figure(quotas.length),
      part(read, quotas.length),
      limits.limitLegend(quotas) ?? "all read for the day asked for",
    ],
  ];
  const heads: ColumnHead[] = [
    { title: "What" },
    { title: "Used", figure: true },
    { title: "Firm", figure: true },
    { title: "In detail", text: "sentence" },
  ];
  return table({
    caption: "Score card of the data. Firm: measured or documented inputs, prices listed on the day, quotas read",
    heads,
    rows,
  });
}

export function priceSection({ prices }: Result): Section | undefined {
  if (prices.length === 0) return undefined;
  const heads: ColumnHead[] = [
    { title: "Price", text: "sentence" },
    { title: "Region", text: "word" },
    { title: "Unit", text: "word" },
    { title: "Tiers, US dollars" },
    { title: "Known from, last seen", text: "word" },
    { title: "Status" },
    { title: "Source", text: "sentence" },
  ];
  const rows = prices.map((price): Content[] => [
    breakable(`${price.service} ${price.rate}`),
    [
      price.region,
      price.region === price.region_of_price ? "" : html`<small>price of ${price.region_of_price}</small>`,
    ],
    words.unitWords(price.unit),
    price.tiers.map(
      (tier) => html`<div>${price.tiers.length > 1 ? `from ${figure(tier.from)}: ` : ""}${inLocale(tier.price)}</div>`,
    ),
    [
      price.from,
      html`<small>seen ${price.observed}</small>`,
      price.gap_days > 0 ? html`<small>${figure(price.gap_days)} days before use</small>` : "",
    ],
    price.status,
    [link(price.source_title, price.source_url), price.note === null ? "" : `. ${price.note}`],
  ]);
  return {
    id: "prices",
    title: "Price book used",
    capability: "Rate Optimization",
    body: table({ caption: "Every price that was used", heads, rows }),
  };
}

/** A long name may go on in the next line after a slash. */
function breakable(name: string): Content {
  return name.split("/").map((part, i) => (i === 0 ? part : html`/<wbr>${part}`));
}

/** How it was computed. */
export function methodSection(result: Result): Section {
  return {
    id: "method",
    title: "Method",
    capability: "Reporting & Analytics",
    body: paragraphs([
      "Every figure is one evaluation of one graph of formulas with units, linked from the scenario and from data about services. What is hit first is searched over the driver, quota by quota.",
      "Figures are shown with at most three significant digits; the page, result.json and archcost explain carry all of them.",
      `${words.basisWords(result)}.`,
    ]),
  };
}

/** How to compute it again. */
export function commandSection(result: Result): Section {
  const { file } = result.scenario;
  const word = /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
  return {
    id: "command",
    title: "Command to reproduce",
    capability: "Reporting & Analytics",
    body: html`<p>Compute it again: <code>archcost run ${word}</code></p>
<p>How a figure came about: <code>${words.explainCommand(result)}</code></p>
`,
  };
}
