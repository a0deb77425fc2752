// A plan for people, and as CSV with all digits.
import { withUnit } from "../result/limit-words.ts";
import { figure, money, percent, quantity } from "../result/number.ts";
import type { PlanBrief, PlanPath, PlanResult } from "../result/plan.ts";
import { cellWords, figureWords, isReached, planSentences } from "../result/plan-words.ts";
import { type Cell, csv } from "./csv.ts";
import type { Sheet, SheetTable } from "./sheet-table.ts";

const LEAST_ROWS = 25;

/** What to do, what else could be done, the months, and what the answer hangs on. */
export function planSheet(title: string, plan: PlanResult): Sheet {
  return {
    title: `${title}: plan over ${plan.horizon} months, ${plan.driver} from ${quantity(plan.start_load)} to ${quantity(plan.end_load)} (growth ${plan.growth}), ${percent(plan.discount)} a year`,
    sentences: planSentences(plan),
    tables: [
      optionTable(plan),
      moneyTable(plan),
      monthTable(plan),
      loadTable(plan),
      triggerTable(plan),
      growthTable(plan),
      rangeTable(plan),
    ],
    notes: [
      "Discounted to month 0. A decision takes effect after its lead time; while two run, both are paid for.",
      ...(plan.figures.some(({ status }) => status === "assumed")
        ? ["Effort, times, cost of delay and growth are assumed: the last table says what the answer hangs on."]
        : []),
    ],
  };
}

function optionTable({ best, next, stay, starts, move_now: now }: PlanResult): SheetTable {
  const least = best?.cost ?? Number.NaN;
  const more = (cost: number): string[] => [money(cost), money(cost - least)];
  const months = (decided: readonly number[]): string =>
    decided.length === 0 ? "never" : decided.map(figure).join(", ");
  const row = (name: string, { sequence, moves, cost }: PlanPath): string[] => [
    name,
    sequence.join(" > "),
    months(moves.map(({ decided }) => decided)),
    ...more(cost),
  ];
  const named = new Set([best?.sequence[0], next?.sequence[0]]);
  return {
    caption: "What could be done, US dollars discounted",
    heading: ["", "architectures", "moves in month", "cost", "more"],
    left: 2,
    rows: [
      ...(best === null ? [] : [row("plan", best)]),
      ...(next === null ? [] : [row("next best", next)]),
      ...(stay === null || best === null || best.moves.length === 0
        ? []
        : [
            stay.stopped === null
              ? ["stay", stay.architecture, "never", ...more(stay.cost)]
              : ["stay", stay.architecture, "never", `until month ${stay.stopped.month}`, ""],
          ]),
      ...(now === null || best?.moves[0]?.decided === now.decided
        ? []
        : [["move at once", `${best?.sequence[0] ?? ""} > ${now.to}`, figure(now.decided), ...more(now.cost)]]),
      ...starts
        .filter(({ architecture }) => !named.has(architecture))
        .map(({ architecture, best: found }) =>
          found === null
            ? ["other start", architecture, "", "none serves", ""]
            : ["other start", found.sequence.join(" > "), months(found.decided), ...more(found.cost)],
        ),
    ],
  };
}

function moneyTable({ best, next }: PlanResult): SheetTable {
  const rows = [["plan", best] as const, ["next best", next] as const].flatMap(([name, path]) =>
    path === null ? [] : [[name, ...[path.run, path.parallel, path.one_off, path.delay].map(money)]],
  );
  return {
    caption: "What the money is for",
    heading: ["", "running", "running both", "builds and moves", "delay"],
    left: 1,
    rows,
  };
}

function monthTable(plan: PlanResult): SheetTable {
  const names = Object.keys(plan.months[0]?.cost ?? {});
  const every = Math.max(1, Math.ceil(plan.months.length / LEAST_ROWS));
  const shown = plan.months.filter(({ month, serving, beside }, i) => {
    const before = plan.months[i - 1];
    return month % every === 0 || before?.serving !== serving || before.beside !== beside;
  });
  const words = (serving: string | null, beside: string | null): string =>
    serving === null ? "being built" : beside === null ? serving : `${serving} and ${beside}`;
  return {
    caption: "Month by month, US dollars of the month; (!) cannot serve the load",
    heading: ["runs", "month", plan.driver, "spent", ...names],
    left: 1,
    keep: 4,
    rows: shown.map(({ month, driver, cost, able, serving, beside, spent }) => [
      plan.best === null ? "" : words(serving, beside),
      figure(month),
      quantity(driver),
      money(spent),
      ...names.map((name) => `${money(cost[name] ?? null)}${able[name] === false ? " (!)" : ""}`),
    ]),
  };
}

function loadTable({ loads, driver }: PlanResult): SheetTable {
  return {
    caption: "The plan at each power of ten of the first load",
    heading: [`${driver} in month 0`, "cost", "plan, moves @month"],
    left: 0,
    tail: 1,
    rows: loads.map((each) => [quantity(each.driver), money(each.best?.cost ?? null), cellWords(each.best)]),
  };
}

/** Triggers in a few months: they move as the horizon nears. */
function triggerTable({ policy, driver, horizon }: PlanResult): SheetTable {
  const every = Math.max(1, Math.round(horizon / 6));
  const rows = (policy?.by_month ?? []).filter(
    ({ month, from }) => month % every === 0 && policy !== null && isReached(policy, from),
  );
  return {
    caption: "When to move if growth is uncertain",
    heading: ["from", "to", "month", `${driver} above`, "and below"],
    left: 2,
    rows: rows.map(({ from, to, month, above, below }) => [
      from,
      to,
      figure(month),
      above === null ? "any" : quantity(above),
      below === null ? "any" : quantity(below),
    ]),
  };
}

function growthTable({ policy }: PlanResult): SheetTable {
  return {
    caption: "The plan if growth were the same every month",
    heading: ["growth a month", "cost", "plan, moves @month"],
    left: 0,
    tail: 1,
    rows: (policy?.constant ?? []).map(({ growth, best }) => [
      percent(growth),
      money(best?.cost ?? null),
      cellWords(best),
    ]),
  };
}

function same(a: PlanBrief | null, b: PlanBrief | null): boolean {
  return a?.sequence.join(">") === b?.sequence.join(">") && a?.decided.join() === b?.decided.join();
}

function rangeTable({ ranges }: PlanResult): SheetTable {
  const moving = ranges.filter(({ low, high }) => !same(low.best, high.best));
  return {
    caption: "What the plan hangs on: ranges between whose ends it is another one",
    heading: ["", "value", "plan, moves @month"],
    left: 1,
    tail: 1,
    rows: moving.flatMap(({ address, unit, low, high }) =>
      [low, high].map(({ value, best }, i) => [
        i === 0 ? figureWords(address) : "",
        withUnit(value, unit),
        cellWords(best),
      ]),
    ),
  };
}

/** A row for each month: the driver, what the plan does, and what each architecture costs. */
export function planCsv(plan: PlanResult): string {
  const names = Object.keys(plan.months[0]?.cost ?? {});
  const rows = plan.months.map((row): Cell[] => [
    row.month,
    row.driver,
    row.serving,
    row.beside,
    row.spent,
    row.discounted,
    ...names.flatMap((name): Cell[] => [row.cost[name] ?? null, row.able[name] ?? null]),
  ]);
  const heading = ["month", plan.driver, "serving", "beside", "spent", "discounted"];
  return csv([...heading, ...names.flatMap((name) => [`cost_${name}`, `able_${name}`])], rows);
}
