// Carbon with its bands, beside cost and never mixed with it.
import type { CarbonLine } from "../../result/carbon-schema.ts";
import { andMore, carbonChange, mass, massBand } from "../../result/carbon-words.ts";
import { exact, percent } from "../../result/number.ts";
import type { ArchitectureResult } from "../../result/schema.ts";
import { carbonBeside, carbonGaps } from "../carbon.ts";
import { type Bar, stackedBars } from "../svg/stacked-bars.ts";
import { picture } from "../svg/text.ts";
import { type ColumnHead, type Content, folded, html, type Markup, table } from "./markup.ts";
import { paragraphs, type Section } from "./section.ts";
import { ranked, type View } from "./view.ts";

type Band = { readonly low: number; readonly central: number; readonly high: number };

export function carbonSection(view: View): Section | undefined {
  const { result } = view;
  const names = ranked(view).filter((name) => (result.architectures[name]?.carbon ?? null) !== null);
  if (names.length === 0 || result.carbon === null) return undefined;
  const comparison = result.comparison.carbon;
  const finding = comparison?.verdict ?? "";
  // All but what the verdict says.
  const changes = (comparison?.rows ?? [])
    .filter((row) => names.includes(row.architecture) && !finding.includes(carbonChange(row)))
    .map((row) => `${row.architecture} against ${comparison?.base ?? ""}: ${carbonChange(row)}`);
  return {
    id: "carbon",
    title: "Carbon",
    capability: "Sustainability",
    body: [
      finding === "" ? "" : paragraphs([finding]),
      picture(
        (width) => stackedBars(bars(names, view), `Carbon a month by architecture. ${finding}`, width),
        "kg CO2e a month, central figures; the whisker is the whole band. Operational is location-based.",
      ),
      totals(names, view),
      paragraphs([...changes, ...carbonBeside(result), ...carbonGaps(result)].map((text) => `${text}.`)),
      names.map((name) => detail(name, view)),
      html`<p class="soft">${result.carbon.title}, grid of ${result.carbon.years.join(", ")}. ${result.carbon.credits.join("; ")}.</p>\n`,
    ],
  };
}

function bars(names: readonly string[], { result }: View): readonly Bar[] {
  return names.flatMap((name) => {
    const carbon = result.architectures[name]?.carbon ?? null;
    if (carbon === null) return [];
    const pieces = [
      { kind: "carbon-operational", name: "operational", value: carbon.operational.central },
      { kind: "carbon-embodied", name: "embodied", value: carbon.embodied.central },
    ];
    return [
      {
        name,
        pieces,
        total: `${massBand(carbon.month)}${andMore(carbon)}`,
        range: [carbon.month.low, carbon.month.high] as const,
      },
    ];
  });
}

function band({ low, central, high }: Band, mark = ""): Content {
  return [
    html`<data value="${exact(central)}">${mass(central)}</data>${mark}`,
    html`<small>${massBand({ low, high })}</small>`,
  ];
}

/** The same without all digits: there are many lines. */
function masses({ low, central, high }: Band): Content {
  return central === 0 && high === 0 ? "" : [mass(central), html`<small>${massBand({ low, high })}</small>`];
}

function totals(names: readonly string[], { result }: View): Markup {
  const heads = [
    { title: "Architecture" },
    ...["a month", "operational", "embodied", `per ${result.workload.reported_unit}`, "rests on assumptions"].map(
      (title) => ({ title, figure: true }),
    ),
  ];
  const rows = names.flatMap((name): Content[][] => {
    const carbon = result.architectures[name]?.carbon ?? null;
    if (carbon === null) return [];
    const per = carbon.per_reported_unit;
    return [
      [
        name,
        band(carbon.month, andMore(carbon)),
        band(carbon.operational),
        band(carbon.embodied),
        per === null ? "n/a" : band(per),
        percent(carbon.assumption_share),
      ],
    ];
  });
  return table({ caption: "CO2e, central figure and band", heads, rows });
}

function detail(name: string, { result }: View): Content {
  const architecture: ArchitectureResult | undefined = result.architectures[name];
  const carbon = architecture?.carbon ?? null;
  if (carbon === null) return "";
  const heads: ColumnHead[] = [
    { title: "Use", text: "sentence" },
    { title: "Operational", figure: true },
    { title: "Embodied", figure: true },
    { title: "Basis" },
    { title: "Formula", text: "sentence" },
  ];
  const left = carbon.not_counted.map(({ what, reason }) => `${what} (${reason})`).join("; ");
  return folded(`carbon-${name}`, html`<strong>${name}</strong>: what emits`, [
    table({ caption: `Carbon of ${name}, largest first`, heads, rows: carbon.lines.map(line) }),
    left === "" ? "" : html`<p class="soft">Not counted: ${left}</p>\n`,
  ]);
}

function line({ component, title, operational, embodied, basis, formula }: CarbonLine): Content[] {
  return [`${component}: ${title}`, masses(operational), masses(embodied), basis, html`<code>${formula}</code>`];
}
