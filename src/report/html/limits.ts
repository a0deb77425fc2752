// Which quota stops which architecture at what load.
import { exact, figure, percent, quantity } from "../../result/number.ts";
import type { Limit } from "../../result/schema.ts";
import * as limits from "../limits.ts";
import { type ColumnHead, type Content, data, folded, html, link, type Markup, table } from "./markup.ts";
import type { Section } from "./section.ts";
import { ranked, type View } from "./view.ts";

/** Shares of the load for which the strip shows how near each quota is. */
const LOADS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10] as const;
const STEPS = [0.5, 0.8, 1] as const;
const SHOWN = 3;

export function limitSection(view: View): Section | undefined {
  const known = ranked(view).filter((name) => (view.result.architectures[name]?.limits.length ?? -1) > 0);
  if (known.length === 0) return undefined;
  const all = known.flatMap((name) => view.result.architectures[name]?.limits ?? []);
  const legend = limits.limitLegend(all);
  const basis = [limits.quotaBasis(view.result), ...(legend === null ? [] : [legend])].join(". ");
  return {
    id: "limits",
    title: "Limits",
    capability: "Architecting & Workload Placement",
    body: [
      strip(known, view),
      raises(known, view),
      known.map((name) => detail(name, view)),
      html`<p class="soft">${basis}.</p>\n`,
    ],
  };
}

/** The quotas that bind first over loads: how much of the load at which each binds is reached. */
function strip(names: readonly string[], { result }: View): Markup {
  const heads = [
    { title: "Quota, as granted" },
    { title: "Binds at", figure: true },
    ...LOADS.map((load) => ({ title: percent(load), figure: true })),
  ];
  const rows = names.flatMap((name) =>
    (result.architectures[name]?.limits ?? [])
      .filter(({ binds_at_granted: at }) => at !== null)
      .slice(0, SHOWN)
      .map((limit) => stripRow(name, limit)),
  );
  const caption = `Load over the load at which each quota binds, for shares of the load; from 100 % on it binds. The first ${figure(SHOWN)} of each architecture`;
  return html`<div class="strip">${table({ caption, heads, rows })}</div>\n`;
}

function stripRow(name: string, limit: Limit): Content[] {
  const at = limit.binds_at_granted;
  const cells = LOADS.map((load) => {
    const use = at === null ? 0 : at.share === 0 ? Number.POSITIVE_INFINITY : load / at.share;
    const step = STEPS.filter((edge) => use >= edge).length;
    const words = use >= 10 ? "over" : percent(use);
    return html`<span class="heat heat-${String(step)}">${step === STEPS.length ? "✗ " : ""}${words}</span>`;
  });
  const where =
    at === null
      ? "never"
      : html`<data value="${exact(at.units)}">${at.units === 0 ? "any load" : percent(at.share)}</data>`;
  return [[html`<strong>${name}</strong>: ${limit.title}`, limits.limitMark(limit)], where, ...cells];
}

function raises(names: readonly string[], { result }: View): Content {
  const needed = names.flatMap((name) => (result.architectures[name]?.raises ?? []).map((raise) => ({ name, raise })));
  const through = needed.some(({ raise }) => raise.through.length > 0);
  const rows = needed.map(({ name, raise }): Content[] => [
    name,
    raise.title,
    raise.code ?? "",
    data(raise.from, quantity),
    data(raise.to, quantity),
    unitOf(raise.unit),
    ...(through ? [raise.through.join(", ")] : []),
  ]);
  if (rows.length === 0) return html`<p>No architecture needs a quota raised.</p>\n`;
  const heads: ColumnHead[] = [
    { title: "Architecture" },
    { title: "Quota to raise", text: "sentence" },
    { title: "Code", text: "word" },
    { title: "From", figure: true },
    { title: "To", figure: true },
    { title: "Unit" },
    ...(through ? [{ title: "Through" }] : []),
  ];
  return table({ caption: "Raises that the load needs", heads, rows });
}

/** What is only counted has no unit to tell. */
function unitOf(unit: string): string {
  return unit === "item" ? "" : unit;
}

const HEADS: readonly ColumnHead[] = [
  { title: "Quota, code", text: "sentence" },
  { title: "Binds at", figure: true },
  { title: "Demand", figure: true },
  { title: "Published", figure: true },
  { title: "Granted", figure: true },
  { title: "Unit" },
  { title: "Above it", text: "sentence" },
  { title: "Known since, source", text: "sentence" },
];

function detail(name: string, { result }: View): Content {
  const architecture = result.architectures[name];
  if (architecture === undefined) return "";
  const sentences = [limits.raisesSentence(architecture), ...limits.restartSentences(architecture)].flatMap((text) =>
    text === null ? [] : [html`<p>${text}.</p>\n`],
  );
  const caption = `Quotas of ${name}, hit first standing first`;
  return folded(
    `limits-${name}`,
    [html`<strong>${name}</strong>: ${limits.capacitySentence(architecture) ?? ""}`],
    [table({ caption, heads: HEADS, rows: architecture.limits.map(row) }), sentences],
  );
}

function row(limit: Limit): Content[] {
  const at = limit.binds_at_granted;
  return [
    [limit.title, limits.limitMark(limit), limit.code === null ? "" : html` <small>${limit.code}</small>`],
    at === null ? "never" : html`<data value="${exact(at.units)}">${percent(at.share)}</data>`,
    data(limit.demand, quantity),
    data(limit.value, quantity),
    data(limit.granted, quantity),
    unitOf(limit.unit),
    [limits.effectWords(limit), limit.behaviour === null ? "" : `: ${limit.behaviour}`],
    [`${limit.as_of}, `, link(limit.source, limit.source_url)],
  ];
}
