// The spread over the assumed ranges for people, and as CSV with all digits.
import { mass } from "../result/carbon-words.ts";
import type { UncertaintyResult } from "../result/decision-schema.ts";
import { inputWords, uncertaintySentences } from "../result/decision-words.ts";
import { money, percent, quantity, significant } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { type Cell, csv } from "./csv.ts";
import type { Sheet, SheetTable } from "./sheet-table.ts";

/** Assumed figures are stated with two digits. */
const DIGITS = 2;
/** Inputs of a variance reported. */
const NAMED = 6;

/** Shares below this are not named. */
const LEAST = 0.01;

const usd = (x: number): string => money(significant(x, DIGITS));

function share(x: number): string {
  const rounded = significant(x, DIGITS);
  return percent(rounded === 1 || rounded === 0 ? x : rounded);
}

const VARIANCE_WORDS = { cost: "the cost", saving_share: "the saving", carbon: "the carbon" } as const;

/** p10, p50 and p90 of the cost of each architecture. */
export function spreadTable(found: UncertaintyResult): SheetTable {
  const limited = Object.values(found.architectures).some(({ feasible }) => feasible < 1);
  return {
    caption: `Cost a month over the assumed ranges (${found.kept} samples)`,
    heading: ["", "p10", "p50", "p90", "cheapest in", ...(limited ? ["feasible in"] : [])],
    left: 1,
    rows: Object.entries(found.architectures).map(([name, { cost, cheapest, feasible }]) => [
      name,
      usd(cost.p10),
      usd(cost.p50),
      usd(cost.p90),
      share(cheapest),
      ...(limited ? [share(feasible)] : []),
    ]),
  };
}

function carbonTable(found: UncertaintyResult): SheetTable {
  return {
    caption: "CO2e a month over the assumed ranges and the bands of coefficients",
    heading: ["", "p10", "p50", "p90", "emits least in"],
    left: 1,
    rows: Object.entries(found.architectures).flatMap(([name, { carbon, emits_least: least }]) =>
      carbon === null || least === null
        ? []
        : [[name, mass(carbon.p10), mass(carbon.p50), mass(carbon.p90), share(least)]],
    ),
  };
}

/** Who emits least in how many samples, the greatest share first; nothing where carbon was not sampled. */
function carbonSentence({ architectures }: UncertaintyResult): string[] {
  const known = Object.entries(architectures)
    .flatMap(([name, { emits_least: least }]) => (least === null || least < LEAST ? [] : [{ name, least }]))
    .sort((a, b) => b.least - a.least);
  const [first, ...rest] = known.map(({ name, least }) => `${name} in ${share(least)}`);
  return first === undefined ? [] : [`Of CO2e the least is emitted by ${[first, ...rest].join(", ")} of the samples.`];
}

function savingTable(found: UncertaintyResult): SheetTable {
  return {
    caption: "Saving over the assumed ranges",
    heading: ["", "p10", "p50", "p90", `over ${percent(found.saving_over)} in`],
    left: 1,
    rows: Object.entries(found.architectures).flatMap(([name, { saving_share: saved, saves_over: over }]) =>
      saved === null || over === null
        ? []
        : [[name, share(saved.p10), share(saved.p50), share(saved.p90), share(over)]],
    ),
  };
}

export function uncertaintySheet(found: UncertaintyResult, result: Result): Sheet {
  const [best] = Object.entries(found.architectures).sort(([, a], [, b]) => b.cheapest - a.cheapest);
  const named = [best?.[0], result.current];
  const range = (x: number, unit: string): string => `${quantity(x)}${unit === "" ? "" : ` ${unit}`}`;
  return {
    title: `${result.scenario.name}: ${found.kept} of ${found.samples} samples${found.given.length === 0 ? "" : " fulfil what is given"}, seed ${found.seed}`,
    sentences: [...uncertaintySentences(found, result), ...carbonSentence(found)],
    tables: [
      spreadTable(found),
      savingTable(found),
      carbonTable(found),
      {
        caption: "Given",
        heading: ["condition", "share of all samples"],
        left: 1,
        rows: found.given.map(({ condition, share: held }) => [condition, share(held)]),
      },
      {
        caption: `On what it hangs whether more than ${percent(found.saving_over)} is saved`,
        heading: ["", "input", "in its lowest quarter", "in its highest"],
        left: 2,
        rows: found.hangs_on
          .filter(({ architecture }) => named.includes(architecture))
          .map(({ architecture, address, lowest, highest }) => [architecture, address, share(lowest), share(highest)]),
      },
      {
        caption: "Budgets kept",
        heading: ["", "share of the samples"],
        left: 1,
        rows: found.budgets.map(({ id, share: held }) => [id, share(held)]),
      },
      ...(["saving_share", "cost", "carbon"] as const).map(
        (of): SheetTable => ({
          caption: `What the variance of ${VARIANCE_WORDS[of]} comes from (alone; with others)`,
          heading: ["", "input", "alone", "with others"],
          left: 2,
          rows: found.variance
            .filter((each) => each.of === of && named.includes(each.architecture))
            .flatMap(({ architecture, inputs }) =>
              inputs
                .slice(0, NAMED)
                .filter(({ total }) => total >= 0.005)
                .map(({ address, first, total }) => [architecture, inputWords(address), share(first), share(total)]),
            ),
        }),
      ),
      {
        caption: "Ranges",
        heading: ["input", "distribution", "low", "value", "high"],
        left: 2,
        rows: found.inputs.map(({ address, unit, distribution, low, value, high }) => [
          address,
          distribution,
          range(low, unit),
          range(value, unit),
          range(high, unit),
        ]),
      },
    ],
    notes: [
      "A share is a share of the assumed range, not a probability: the ranges are assumptions of the scenario.",
      "low and high of a triangular range are the least and the most held possible; of a (log)normal one p10 and p90.",
    ],
  };
}

/** Every figure, a row each. */
export function uncertaintyCsv(found: UncertaintyResult): string {
  const rows: Cell[][] = [["kept", null, null, found.kept]];
  for (const [name, { cost, saving_share: saved, carbon, cheapest, ...shares }] of Object.entries(
    found.architectures,
  )) {
    for (const key of ["p10", "p50", "p90"] as const) {
      rows.push([`cost_${key}`, name, null, cost[key]]);
      if (saved !== null) rows.push([`saving_share_${key}`, name, null, saved[key]]);
      if (carbon !== null) rows.push([`carbon_${key}`, name, null, carbon[key]]);
    }
    rows.push(["cheapest", name, null, cheapest]);
    rows.push(["feasible", name, null, shares.feasible]);
    if (shares.emits_least !== null) rows.push(["emits_least", name, null, shares.emits_least]);
    if (shares.saves_over !== null) rows.push(["saves_over", name, null, shares.saves_over]);
  }
  for (const { condition, share: held } of found.given) rows.push(["given", null, condition, held]);
  for (const { id, share: held } of found.budgets) rows.push(["budget", null, id, held]);
  for (const { architecture, address, lowest, highest } of found.hangs_on) {
    rows.push(["saves_over_in_lowest_quarter", architecture, address, lowest]);
    rows.push(["saves_over_in_highest_quarter", architecture, address, highest]);
  }
  for (const { of, architecture, inputs } of found.variance) {
    for (const { address, first, total } of inputs) {
      rows.push([`${of}_variance_first`, architecture, address, first]);
      rows.push([`${of}_variance_total`, architecture, address, total]);
    }
  }
  return csv(["figure", "architecture", "input", "value"], rows);
}
