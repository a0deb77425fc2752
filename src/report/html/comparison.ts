// Which is cheapest, and what it is made of.
import { figure, money, percent, quantity } from "../../result/number.ts";
import type { ArchitectureResult, LineItem } from "../../result/schema.ts";
import { ROLE_ORDER } from "../charts/palette.ts";
import { costsByItem, REST } from "../items.ts";
import { type Bar, stackedBars } from "../svg/stacked-bars.ts";
import { picture } from "../svg/text.ts";
import * as words from "../wording.ts";
import { type ColumnHead, type Content, data, folded, html, type Markup, table } from "./markup.ts";
import { paragraphs, type Section } from "./section.ts";
import { ranked, type View } from "./view.ts";

const FIGURE = { figure: true } as const;

export function comparisonSection(view: View): Section {
  const { result } = view;
  const finding = result.comparison.verdict[0] ?? "";
  return {
    id: "comparison",
    title: "Comparison",
    capability: "Architecting & Workload Placement",
    body: [
      picture(
        (width) => stackedBars(bars(view), `Cost a month by what the money is for. ${finding}`, width),
        "US dollars a month by what the money is for. The table below has the same figures.",
      ),
      summary(view),
      roles(view),
      html`<h3 class="part">By line item</h3>\n`,
      picture(
        (width) => stackedBars(itemBars(view), `Cost a month by line item. ${finding}`, width),
        "US dollars a month by line item: those with the largest share of an architecture, in the same colour everywhere. Formula, price and source of each are in the tables below.",
      ),
      ranked(view).map((name) => lines(name, view)),
    ],
  };
}

/** Known roles first, in the order in which they are stacked. */
function rolesIn({ result }: View): readonly string[] {
  const found = new Set(Object.values(result.architectures).flatMap(({ roles }) => Object.keys(roles)));
  return [...ROLE_ORDER.filter((role) => found.has(role)), ...[...found].filter((role) => !ROLE_ORDER.includes(role))];
}

function bars(view: View): readonly Bar[] {
  const order = rolesIn(view);
  return ranked(view).flatMap((name) => {
    const architecture = view.result.architectures[name];
    if (architecture === undefined) return [];
    const pieces = order.flatMap((role) => {
      const value = architecture.roles[role]?.month;
      return value === undefined ? [] : [{ kind: roleKind(role), name: words.roleName(role), value }];
    });
    return [{ name, pieces, total: money(architecture.cost.month) }];
  });
}

function itemBars(view: View): readonly Bar[] {
  const { items, of } = costsByItem(view.result);
  return ranked(view).flatMap((name) => {
    const architecture = view.result.architectures[name];
    if (architecture === undefined) return [];
    const pieces = of(name).flatMap((value, i) => {
      const item = items[i];
      const kind = item === REST ? "role-other" : `item-${String(i)}`;
      return item === undefined || value === 0 ? [] : [{ kind, name: item, value }];
    });
    return [{ name, pieces, total: money(architecture.cost.month) }];
  });
}

function roleKind(role: string): string {
  return ROLE_ORDER.includes(role) ? `role-${role}` : "role-other";
}

function summary({ result }: View): Markup {
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
        architecture?.feasible === false ? html` <span class="bad">not feasible</span>` : "",
      ],
      data(row.month, money),
      data(row.year, money),
      data(architecture === undefined ? null : architecture.cost.per_reported_unit, money),
      ...(saving ? savings : []),
    ];
  });
  const heads = [{ title: "Architecture" }, ...amounts.map((title) => ({ title, ...FIGURE }))];
  return table({ caption: "US dollars, cheapest first", heads, rows });
}

function roles(view: View): Markup {
  const order = rolesIn(view);
  const heads = [{ title: "Architecture" }, ...order.map((role) => ({ title: words.roleName(role), ...FIGURE }))];
  const rows = ranked(view).map((name): Content[] => [
    name,
    ...order.map((role) => {
      const found = view.result.architectures[name]?.roles[role];
      return found === undefined ? "" : [data(found.month, money), html`<small>${percent(found.share)}</small>`];
    }),
  ]);
  return table({ caption: "What the money is for, US dollars a month and share", heads, rows });
}

const LINE_HEADS: readonly ColumnHead[] = [
  { title: "Line item" },
  { title: "Quantity", figure: true },
  { title: "Unit" },
  { title: "Unit price", figure: true },
  { title: "Cost a month", figure: true },
];

function lines(name: string, view: View): Content {
  const architecture = view.result.architectures[name];
  if (architecture === undefined) return "";
  const { priced, free } = words.orderedLines(architecture.line_items);
  const marks = words.legend(architecture.line_items);
  const foot = ["Total a month", "", "", "", data(architecture.cost.month, money)];
  const rows = [...priced, ...free].map(lineRow);
  const title = architecture.title === name ? name : `${name}: ${architecture.title}`;
  return folded(
    `lines-${name}`,
    [
      html`<strong>${title}</strong>, ${figure(rows.length)} ${rows.length === 1 ? "line item" : "line items"}, `,
      data(architecture.cost.month, money),
      " a month",
    ],
    [
      obstacles(architecture),
      table({ caption: `Line items of ${name}, largest first`, heads: LINE_HEADS, rows, foot }),
      marks === null ? "" : html`<p class="soft">${marks}</p>\n`,
      paragraphs(words.remarks(architecture)),
    ],
  );
}

function obstacles(architecture: ArchitectureResult): Content {
  return paragraphs(words.obstacles(architecture), "bad");
}

function lineRow(item: LineItem): Content[] {
  const { price, sign } = words.priceOf(item);
  const seen = item.x_SourceDate === null ? "" : `, seen ${item.x_SourceDate}`;
  const environment = item.x_Environment === undefined ? "" : `${item.x_Environment}: `;
  const how = html`<p class="how"><code>${item.x_Formula}</code><br>${item.x_Source}${seen} (${item.x_PriceStatus})</p>`;
  return [
    html`<details><summary>${environment}${words.lineName(item)}</summary>${how}</details>`,
    quantity(item.PricingQuantity),
    words.unitWords(item.PricingUnit),
    `× ${money(price)}`,
    [`${sign} `, data(item.EffectiveCost, money), words.markOf(item)],
  ];
}
