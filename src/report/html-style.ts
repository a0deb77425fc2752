import { ROLES } from "../result/roles.ts";
import { roleColor } from "./charts/palette.ts";

// The style of the HTML page. Dark colours apply to screens only, so that paper stays white.

// Okabe and Ito's colours (charts/palette.ts), lighter on dark ground; the last is the text's own.
const LIGHT = ["#0072b2", "#d55e00", "#00805d", "#b5578c", "#2a89bd", "#b87700", "#000000"] as const;
const DARK = ["#4ba3db", "#ff8a4c", "#2bc79a", "#e39ac4", "#8cd0f5", "#f5bc42", "#e6edf3"] as const;

const DARK_INK = "#111111";
const LIGHT_INK = "#ffffff";
/** fills on which white words are read better than black ones */
const DEEP: readonly string[] = ["work"];

const series = (colors: readonly string[]): string =>
  colors.map((color, i) => `.series-${i} { --c: ${color}; }`).join(" ");
const roles = ROLES.map((role) => {
  const ink = DEEP.includes(role) ? LIGHT_INK : DARK_INK;
  return `.role-${role} { --c: ${roleColor(role)}; --on: ${ink}; }`;
}).join("\n");

// Of line items: Okabe and Ito's without grey, which is for all others.
const ITEM_FILL = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442"] as const;
const items = ITEM_FILL.map(
  (color, i) => `.item-${i} { --c: ${color}; --on: ${i === 0 ? LIGHT_INK : DARK_INK}; }`,
).join("\n");

/** Columns that hold figures, reported by a class of their table: `f2` for the second. */
const COLUMNS = 24;
function figureColumns(): string {
  const cells = Array.from({ length: COLUMNS }, (_, i) => `.f${i + 1} tr > :nth-child(${i + 1})`);
  return `${cells.join(", ")} { text-align: right; white-space: nowrap; }`;
}

/** The same for columns of sentences (`s2`), and of names and dates that stay in one line (`w2`). */
const TEXT_COLUMNS = 9;
function textColumns(kind: string): string {
  return Array.from({ length: TEXT_COLUMNS }, (_, i) => `.${kind}${i + 1} td:nth-child(${i + 1})`).join(", ");
}

/** Key figures as rows, where there is room: the same list as the cards of a phone. */
const KEY_ROWS = `@supports (grid-template-columns: subgrid) { @media (min-width: 60rem), print {
  ul.cards { grid-template-columns: minmax(10.5rem, 1.2fr) repeat(3, auto) minmax(10rem, 1.6fr) auto; gap: 0 1rem; border-bottom: 1px solid var(--line); }
  ul.cards.against { grid-template-columns: minmax(10.5rem, 1.2fr) repeat(3, auto) minmax(5.75rem, auto) minmax(9rem, 1.6fr) auto; }
  .card, .card.best { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: baseline; padding: 0.5rem 0.5rem 0.5rem 0.75rem; border: 0;
    border-top: 1px solid var(--line); border-left: 5px solid var(--c); border-radius: 0; background: none; box-shadow: none; }
  .card.best { background: var(--raised); }
  .card .badges { min-height: 0; margin: 0; } .card .badge { display: block; line-height: 1.35; font-size: 0.75rem; white-space: nowrap; }
  .card .big { margin: 0; font-size: 1.3rem; text-align: right; white-space: nowrap; } .card .big span { display: block; font-size: 0.8rem; }
  .card:not(:first-child) .big span { display: none; }
  .card dl { display: contents; } .card dl div, .card dl .block, .card dl .empty { display: block; border: 0; padding: 0; text-align: right; font-size: 0.875rem; }
  .card dl .limit { text-align: left; font-size: 0.8125rem; line-height: 1.35; } .card .limit data { font-weight: 600; } .card dl .limit dd { text-align: left; } .card .block dd { text-align: right; }
  .card dt { font-size: 0.75rem; } .card:not(:first-child) dt { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .card .carbon .soft { display: block; font-size: 0.75rem; white-space: nowrap; }
} }`;

const DARK_VARIABLES = `--text: #e6edf3; --soft: #9da7b1; --page: #0f1318; --raised: #171c23; --line: #30363d; --grid: #262c34;
  --good: #56d364; --bad: #ff8b84; --warn: #f0b429; --accent: #7cc0ff;
  --heat-0: #15261c; --heat-1: #2f3413; --heat-2: #4a2f0d; --heat-3: #56191c;`;

export const PAGE_STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --page: #ffffff; --raised: #f6f8fa; --line: #d8dee4; --grid: #e7ebef;
  --good: #116329; --bad: #a40e26; --warn: #7a4d00; --accent: #0550ae;
  --heat-0: #e6f4ea; --heat-1: #fbf3cf; --heat-2: #fbdcb8; --heat-3: #f9c9cb; }
${series(LIGHT)}
${roles}
.role-other { --c: #6b7280; --on: #ffffff; }
${items}
.carbon-operational { --c: #0072b2; --on: #ffffff; }
.carbon-embodied { --c: #e69f00; --on: #111111; }
.tornado { --c: #56b4e9; }
@media screen and (prefers-color-scheme: dark) {
  :root { ${DARK_VARIABLES} }
  ${series(DARK)}
  .role-other { --c: #c9d1d9; --on: #111111; }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 5rem; }
body { margin: 0 auto; max-width: 78rem; padding: 1.75rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1 { margin: 1rem 0 0.75rem; font-size: clamp(1.3rem, 1rem + 1.3vw, 1.8rem); line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; text-wrap: balance; max-width: 60rem; }
h2 { margin: 3rem 0 0.75rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.35rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: 0.5rem 0; max-width: 52rem; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; padding: 0; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--page); padding: 0.25rem 0.5rem; z-index: 3; }
.soft, caption, footer, figcaption, .capability { color: var(--soft); }
.top p { margin: 0.15rem 0; font-size: 0.9rem; max-width: none; }
.top strong { color: var(--text); }
.capability { font-size: 0.8rem; font-weight: 400; margin-left: 0.5rem; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
ul.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16.5rem), 1fr)); }
.card { padding: 0.85rem 1rem; border: 1px solid var(--line); border-top: 4px solid var(--c); border-radius: 8px; background: var(--raised); }
.card.best { border-color: var(--good); border-top-color: var(--c); box-shadow: inset 0 0 0 1px var(--good); }
.card .badges { margin: 0.15rem 0 0; min-height: 1.5rem; font-size: 0.8rem; }
.badge { display: inline-block; margin-right: 0.35rem; font-weight: 600; }
.big { margin: 0.25rem 0 0.5rem; font-size: 1.7rem; font-weight: 650; line-height: 1.2; }
.big span { font-size: 0.9rem; font-weight: 400; color: var(--soft); }
.card dl { margin: 0; font-size: 0.875rem; }
.card dl div { display: flex; justify-content: space-between; gap: 0.75rem; padding: 0.2rem 0; border-top: 1px solid var(--line); }
.card dl .block { display: block; }
.card dt { color: var(--soft); } .card dd { margin: 0; text-align: right; } .card dd data { white-space: nowrap; }
.card .block dd { text-align: left; }
.card .empty { display: none; }
${KEY_ROWS}
.budgets { margin: 0.75rem 0; } .budgets > summary { font-weight: 600; }
h3.part { margin: 2rem 0 0.5rem; font-size: 1.1rem; } h4 { margin: 1rem 0 0; font-size: 1rem; }
dl.lead { margin: 0 0 1.25rem; max-width: 60rem; }
dl.lead div { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: 0.75rem; padding: 0.2rem 0; }
dl.lead dt { color: var(--soft); } dl.lead dd { margin: 0; }
ul.verdict { margin: 1.25rem 0 0.5rem; padding-left: 1.2rem; max-width: 60rem; }
ul.verdict li { margin: 0.3rem 0; }
nav { position: sticky; top: 0; z-index: 2; background: var(--page); border-bottom: 1px solid var(--line); margin-top: 1.5rem; overflow-x: auto; }
nav ul { display: flex; gap: 1.25rem; list-style: none; margin: 0; padding: 0.6rem 0; white-space: nowrap; font-size: 0.9rem; }
@media (min-width: 48rem) { nav ul { flex-wrap: wrap; gap: 0.1rem 1.25rem; } }
nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
.scroll { overflow-x: auto; margin: 0.75rem 0; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; overflow-wrap: normal; }
caption { text-align: left; padding: 0.25rem 0; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th[scope=row] { font-weight: 500; min-width: 9rem; }
tbody tr:hover > * { background: var(--raised); }
thead th { color: var(--soft); font-weight: 500; vertical-align: bottom; }
${figureColumns()}
.scroll thead th:nth-child(n) { white-space: normal; }
${textColumns("w")} { white-space: nowrap; }
${textColumns("s")} { min-width: 9rem; overflow-wrap: anywhere; }
tfoot td, tfoot th { border-bottom: 0; font-weight: 650; }
code { font: 0.875em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
details { margin: 0.4rem 0; }
.parts > section:first-of-type h2 { border-top: 0; margin-top: 0.5rem; }
section > div > details, .budgets[open] { border: 1px solid var(--line); border-radius: 6px; padding: 0.4rem 0.8rem; }
summary { cursor: pointer; }
td details, th details { margin: 0; }
td a { overflow-wrap: anywhere; }
td > code { display: block; min-width: 12rem; }
td small { display: block; color: var(--soft); font-size: inherit; }
.how { font-weight: 400; font-size: 0.85rem; color: var(--soft); padding: 0.25rem 0; min-width: 14rem; }
.strip td { padding: 1px; } .strip tbody tr > :nth-child(-n+2) { padding: 0.35rem 0.5rem 0.25rem 0; }
.heat { display: block; padding: 0.3rem 0.3rem 0.3rem 0.15rem; border-radius: 3px; }
.heat-0 { background: var(--heat-0); } .heat-1 { background: var(--heat-1); } .heat-2 { background: var(--heat-2); }
.heat-3 { background: var(--heat-3); font-weight: 600; }
figure { margin: 1.25rem 0; }
figcaption { font-size: 0.85rem; margin-top: 0.35rem; }
figure svg { display: block; width: 100%; max-width: 62rem; height: auto; }
.narrow svg { max-width: 26rem; }
.narrow { display: none; }
svg text { fill: var(--text); font-size: 13px; }
svg .strong { font-weight: 600; } svg .tick { fill: var(--soft); font-size: 12px; }
svg .on { fill: var(--on); font-size: 12px; }
svg .halo { font-size: 12px; paint-order: stroke; stroke: var(--page); stroke-width: 4px; stroke-linejoin: round; }
svg .fill { fill: var(--c); } svg .line { fill: none; stroke: var(--c); stroke-width: 2.5; stroke-linejoin: round; }
svg .grid { stroke: var(--grid); fill: none; } svg .axis { stroke: var(--soft); fill: none; }
svg .mark { stroke: var(--text); stroke-dasharray: 4 4; fill: none; }
svg .dot { fill: var(--page); stroke: var(--text); stroke-width: 2; }
svg .whisker { stroke: var(--text); stroke-width: 2; fill: none; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.9rem; }
#what-if { margin: 1.5rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--raised); }
#what-if h2 { margin: 0; padding: 0; border: 0; font-size: 1.1rem; }
#what-if fieldset { border: 0; margin: 0.75rem 0 0; padding: 0; min-width: 0; }
#what-if .inputs { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); column-gap: 1.5rem; }
#what-if legend { padding: 0; font-weight: 600; font-size: 0.9rem; }
.control { display: grid; grid-template-columns: 1fr 6.5rem; gap: 0.1rem 0.5rem; align-items: center; margin: 0.45rem 0; font-size: 0.85rem; }
.control label { grid-column: 1 / -1; } .control input { width: 100%; min-width: 0; font: inherit; }
.control input[type=number] { padding: 0.15rem 0.3rem; color: var(--text); background: var(--page); border: 1px solid var(--soft); border-radius: 4px; }
.control input[type=range] { accent-color: var(--accent); }
.control.changed label { font-weight: 650; }
.toggle { display: inline-block; font-size: 0.875rem; margin: 0.2rem 1rem 0.2rem 0; }
#what-if output { display: block; margin: 0.5rem 0; font-weight: 600; }
#what-if .fault { color: var(--bad); font-weight: 600; min-height: 0; }
#what-if button { font: inherit; font-size: 0.875rem; padding: 0.3rem 0.7rem; margin: 0.2rem 0.4rem 0.2rem 0; color: var(--text); background: var(--page);
  border: 1px solid var(--soft); border-radius: 6px; cursor: pointer; }
#what-if pre { white-space: pre-wrap; background: var(--page); border: 1px solid var(--line); border-radius: 4px; padding: 0.5rem; margin: 0.4rem 0; font-size: 0.8rem; }
.stale { border-left: 3px solid var(--warn); padding-left: 0.6rem; }
@media screen and (min-width: 72rem) {
  body.computing { max-width: 104rem; }
  body.computing main { display: grid; grid-template-columns: minmax(0, 1fr) 18.5rem; column-gap: 2rem; align-items: start; }
  body.computing .first, body.computing .parts { grid-column: 1; }
  body.computing #what-if { grid-column: 2; grid-row: 1 / span 2; position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; margin: 1rem 0; }
}
.parts > section { display: flow-root; }
@media screen { .resting { content-visibility: auto; overflow-clip-margin: 1rem; } }
@media (max-width: 48rem) {
  body { padding: 1rem 1rem 3rem; }
  .wide { display: none; } .narrow { display: block; }
  dl.lead div { display: block; } dl.lead dt { font-weight: 600; }
  ${textColumns("s")} { min-width: 16rem; }
  .capability { display: block; margin-left: 0; white-space: normal; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  nav, #what-if, .skip { display: none; }
  .scroll { overflow: visible; }
  .wide { display: block; } .narrow { display: none; }
  table { font-size: 7.5pt; }
  tr, figure, .card { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  details::details-content { content-visibility: visible; display: block; }
  a { color: inherit; }
}
`;
