import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { visible } from "../diagnostic/visible.ts";
import {
  type ExplainedHour,
  type ExplainedMeter,
  type ExplainedName,
  type ExplainedPrice,
  type Explanation,
  explain,
} from "../figures/explain.ts";
import { resultOf } from "../figures/result.ts";
import type { Model } from "../model/model.ts";
import { exact, json } from "../result/number.ts";
import { explainCarbonText, hoursText, MEAN } from "./explain-carbon.ts";
import { loadScenario, type ScenarioOptions } from "./load.ts";
import { EXIT, type Io } from "./process.ts";

export type ExplainOptions = ScenarioOptions & { readonly format?: string; readonly carbon?: boolean };

/** `archcost explain FILE ARCHITECTURE[.COMPONENT[.METER]]`: how a figure came about. */
export function explainCommand(
  file: string,
  address: string,
  options: ExplainOptions,
  version: string,
  io: Io,
): number {
  const loaded = loadScenario(file, { ...options, explained: options.carbon === true }, io);
  const { model, problems } = loaded;
  if (resultOf(model, { version, curve: false }, problems) === undefined) throw new InputError(problems.list);
  if (options.carbon === true) {
    io.stdout.write(explainCarbonText(loaded, address, options.format));
    return EXIT.fine;
  }
  const path = address.split(".");
  const asked = new Problems();
  checkPath(model, path, asked);
  if (asked.hasErrors) throw new InputError(asked.list);
  const explanation = explain(model, path);
  if (options.format === "json") io.stdout.write(`${json(explanation)}\n`);
  else io.stdout.write(explanationText(explanation));
  return EXIT.fine;
}

function checkPath(model: Model, path: readonly string[], problems: Problems): void {
  const [architectureName, component, meter] = path;
  const architecture = model.architectures.find((candidate) => candidate.name === architectureName);
  const uses = architecture?.lines.map(({ words }) => words) ?? [];
  const ask = (what: string, wanted: string | undefined, known: readonly string[]): void => {
    if (wanted === undefined || known.includes(wanted)) return;
    const near = suggest(wanted, known);
    const hint = near === undefined ? `known: ${known.join(", ")}` : `did you mean "${near}"?`;
    problems.error("unknown-address", `no ${what} "${wanted}"`, undefined, hint);
  };
  ask(
    "architecture",
    architectureName ?? "",
    model.architectures.map((candidate) => candidate.name),
  );
  if (architecture === undefined) return;
  ask("component", component, [...new Set(uses.map((use) => use.x_Component))]);
  ask("meter", meter, [...new Set(uses.filter((use) => use.x_Component === component).map((use) => use.x_Meter))]);
}

/** The explanation as indented text; full digits. */
function explanationText(explanation: Explanation): string {
  const lines = [`${visible(explanation.address)}: ${exact(explanation.cost)} USD a month`, ""];
  for (const meter of explanation.meters) lines.push(...meterText(meter), "");
  if (explanation.meters.length > 1) {
    const costs = explanation.meters.map((meter) => exact(meter.cost)).join(" + ");
    lines.push(`total: ${costs} = ${exact(explanation.cost)} USD`);
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function meterText(meter: ExplainedMeter): readonly string[] {
  const { unit, hours } = meter;
  const lines = [
    `${meter.address}: ${meter.title}   [${meter.service}, ${meter.role}]   ${meter.place}`,
    `  formula   ${meter.formula}`,
    `            = ${meter.filled}${hours === undefined ? "" : `   (${MEAN})`}`,
    ...(hours === undefined ? [] : [hourText("peak hour", hours.peak, unit), hourText("base hour", hours.base, unit)]),
    `  quantity  ${exact(meter.quantity)} ${unit} a month${monthText(meter)}`,
    ...(meter.free === 0 ? [] : [`  free      ${exact(meter.free)} ${unit} within the free tier`]),
  ];
  for (const tier of meter.tiers) {
    const from = exact(tier.from);
    const range = tier.to === null ? (tier.from === 0 ? "" : `from ${from}: `) : `${from} to ${exact(tier.to)}: `;
    const kind = tier.kind === "usage" || tier.kind === "stated" ? "" : ` (${tier.kind})`;
    lines.push(
      `  cost      ${range}${exact(tier.quantity)} x ${exact(tier.price)} USD = ${exact(tier.cost)} USD${kind}`,
    );
    if (tier.price_of !== undefined) lines.push(...priceText(tier.price_of).map((line) => `  ${line}`));
  }
  lines.push(...priceText(meter, meter.priceShare));
  if (meter.names.length > 0) lines.push("  where");
  for (const name of meter.names) lines.push(...nameText(name, 4));
  return lines.map(visible);
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function hourText(title: string, { hours, weekday, hour, filled, quantity }: ExplainedHour, unit: string): string {
  const when = weekday === null || hour === null ? "" : `${WEEKDAYS[weekday]} ${hour} h, `;
  const amount = quantity === null ? "" : ` = ${exact(quantity)} ${unit} an hour`;
  return `  ${title} = ${filled}${amount}   (${when}${hours} of the 168 hours of a week)`;
}

function monthText({ hours, unit }: ExplainedMeter): string {
  if (hours === undefined || hours.mean === null) return "";
  return ` = ${exact(hours.mean)} ${unit} an hour (${MEAN}) x ${exact(hours.month)} h`;
}

function priceText(price: ExplainedPrice, priceShare?: string): readonly string[] {
  const { region, regionOfPrice, gapDays, sourceUrl, note } = price;
  const elsewhere = region === regionOfPrice || regionOfPrice === "global" ? "" : ` (price of ${regionOfPrice})`;
  const gap = gapDays > 0 ? `, ${gapDays} days before the day it is used for` : "";
  const share = priceShare === undefined ? "" : `${priceShare} x `;
  return [
    `  price     ${share}${price.rate} in ${region}${elsewhere}, ${price.status}, seen ${price.observed}${gap}`,
    `  source    ${price.source}${sourceUrl === undefined ? "" : `, ${sourceUrl}`}`,
    ...(note === null ? [] : [`  note      ${note}`]),
  ];
}

function nameText(name: ExplainedName, indent: number): readonly string[] {
  const figure =
    typeof name.value === "number" ? `${exact(name.value)}${name.unit === "" ? "" : ` ${name.unit}`}` : name.value;
  const formula = name.uses.length > 0 || name.origin === "service" ? ` = ${name.formula}` : "";
  const differs = hoursText(name.hours);
  // What the workload says is the mean: an hour has its own part of it.
  const factor = (x: number): string => exact(typeof name.value === "number" ? x / name.value : Number.NaN);
  const load =
    name.origin === "built-in" && name.hours !== undefined
      ? ` x the load of the hour (${factor(name.hours.peak)} in the peak hour, ${factor(name.hours.base)} in the base hour)`
      : "";
  const from = originText(name);
  return [
    `${" ".repeat(indent)}${name.name} = ${figure}${differs}${formula}${load}   (${from})`,
    ...name.uses.flatMap((use) => nameText(use, indent + 2)),
  ];
}

function originText(name: ExplainedName): string {
  const why = name.reason === undefined ? "" : `: ${name.reason}`;
  switch (name.origin) {
    case "scenario":
    case "command":
      return `${name.place ?? "scenario"}${name.status === "given" ? "" : `, ${name.status}`}${name.status === "assumed" ? why : ""}`;
    case "default":
      return `default of the service${why}`;
    case "service":
      return `rule of the service${why}`;
    default:
      return name.place ?? "the workload";
  }
}
