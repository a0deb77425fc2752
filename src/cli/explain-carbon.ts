import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { visible } from "../diagnostic/visible.ts";
import type { Band } from "../figures/carbon-cases.ts";
import { type CarbonExplanation, type ExplainedEnergy, explainCarbon } from "../figures/carbon-explain.ts";
import type { InHours } from "../figures/hours.ts";
import { exact, json } from "../result/number.ts";
import type { Loaded } from "./load.ts";

/** `archcost explain --carbon`: formula, figures, coefficients with band, basis and source; full digits. */
export function explainCarbonText({ model }: Loaded, address: string, format: string | undefined): string {
  const path = address.split(".");
  checkPath(model.carbon?.architectures, path);
  const explanation = explainCarbon(model, path);
  if (explanation === undefined) return "no carbon coefficients are known\n";
  return format === "json" ? `${json(explanation)}\n` : text(explanation);
}

type Known = NonNullable<Loaded["model"]["carbon"]>["architectures"];

function checkPath(known: Known | undefined, path: readonly string[]): void {
  const problems = new Problems();
  const [name = "", component, use] = path;
  const architecture = known?.find((each) => each.name === name);
  const lines = architecture?.lines ?? [];
  const left = architecture?.notCounted ?? [];
  const ask = (what: string, wanted: string | undefined, names: readonly string[]): void => {
    if (wanted === undefined || names.includes(wanted)) return;
    const near = suggest(wanted, names);
    const hint = near === undefined ? `known: ${names.join(", ")}` : `did you mean "${near}"?`;
    problems.error("unknown-address", `no ${what} "${wanted}"`, undefined, hint);
  };
  if (known !== undefined)
    ask(
      "architecture",
      name,
      known.map((each) => each.name),
    );
  const components = [
    ...lines.map(({ words }) => words.component),
    ...left.map(({ what }) => what.split(".")[0] ?? ""),
  ];
  if (architecture !== undefined) ask("component", component, [...new Set(components)]);
  const uses = lines.filter(({ words }) => words.component === component).map(({ words }) => words.use);
  if (architecture !== undefined && components.includes(component ?? "")) ask("energy use", use, uses);
  if (problems.hasErrors) throw new InputError(problems.list);
}

function band({ low, central, high }: Band, unit: string): string {
  return `${exact(central)} ${unit} (${exact(low)} to ${exact(high)})`;
}

function text(explanation: CarbonExplanation): string {
  const lines = [`${explanation.address}: ${band(explanation.total, "kg CO2e")} a month, set ${explanation.set}`, ""];
  for (const line of explanation.lines) lines.push(...lineText(line), "");
  if (explanation.lines.length > 1) {
    const parts = explanation.lines.map(({ operational, embodied }) => exact(operational.central + embodied.central));
    lines.push(`total: ${parts.join(" + ")} = ${exact(explanation.total.central)} kg CO2e`, "");
  }
  lines.push("coefficients (central, low to high)");
  for (const { address, title, unit, central, low, high, basis, source, note } of explanation.coefficients) {
    const of = unit === "" ? "" : ` ${unit}`;
    lines.push(
      `  ${address} = ${exact(central)}${of} (${exact(low)} to ${exact(high)})   ${title}, ${basis}; ${source}${note === null ? "" : `; ${note}`}`,
    );
  }
  for (const { what, reason } of explanation.not_counted) lines.push(`not counted: ${what}: ${reason}`);
  return `${lines.map(visible).join("\n").trimEnd()}\n`;
}

export const MEAN = "mean over the week";

/** What stands behind a figure that is a mean; nothing behind one that is the same in all hours. */
export function hoursText(hours: InHours | undefined): string {
  if (hours === undefined) return "";
  return ` (${MEAN}; ${exact(hours.peak)} in the peak hour, ${exact(hours.base)} in the base hour)`;
}

function lineText(line: ExplainedEnergy): readonly string[] {
  return [
    `${line.address}: ${line.title}   [${line.service}, ${line.basis}]   ${line.place}`,
    ...(line.formula === "" ? [] : [`  power     ${line.formula}`]),
    ...(line.making === "" ? [] : [`  making    ${line.making}`]),
    `  energy    ${band(line.energy_kwh, "kWh")}`,
    `  carbon    operational ${band(line.operational, "kg")}, embodied ${band(line.embodied, "kg")}`,
    ...(line.doc === null ? [] : [`  note      ${line.doc}`]),
    ...(line.names.length === 0 ? [] : ["  where"]),
    ...line.names.map(({ name, value, hours, unit, formula }) => {
      const figure = typeof value === "number" ? `${exact(value)}${unit === "" ? "" : ` ${unit}`}` : value;
      return `    ${name} = ${figure}${hoursText(hours)}${formula === null ? "" : ` = ${formula}`}`;
    }),
  ];
}
