// A plan as sentences, the answer first.
import { withUnit } from "./limit-words.ts";
import { figure, money, percent, quantity } from "./number.ts";
import type { PlanBrief, PlanPath, PlanPolicy, PlanResult, PlanStop } from "./plan.ts";

type Trigger = PlanPolicy["triggers"][number];

/** Start and moves with their months: `microservices, from month 9 monolith`. */
function sequenceWords({ sequence, decided }: Pick<PlanBrief, "sequence" | "decided">): string {
  const [first = "", ...rest] = sequence;
  return [first, ...rest.map((name, i) => `${name} (decided in month ${figure(decided[i] ?? null)})`)].join(", then ");
}

/** The same for a cell: `express > monolith @4`. */
export function cellWords(best: PlanBrief | null): string {
  if (best === null) return "none";
  return best.sequence.map((name, i) => (i === 0 ? name : `${name} @${best.decided[i - 1] ?? ""}`)).join(" > ");
}

/** Address of a figure as people say it: `evolution.moves.0.effort` is the effort of move 1. */
export function figureWords(address: string): string {
  const move = /^evolution\.moves\.(\d+)\.(\w+)$/.exec(address);
  const words =
    move === null ? address.replace(/^evolution\.(architectures\.)?/, "") : `move ${Number(move[1]) + 1} ${move[2]}`;
  return words.replaceAll(/[._]/g, " ");
}

/** What a plan says to do. */
export function planSentences(plan: PlanResult): string[] {
  const { best } = plan;
  const months = plan.months.length;
  if (best === null) return [noPlan(plan), ...policySentences(plan)];
  return [
    `${startWords(plan, best)}${best.moves.length === 0 ? `, and stay with it for all ${months} months` : ""}: ${money(best.cost)} discounted.`,
    ...best.moves.map((move) => moveWords(plan, move)),
    ...regretWords(plan),
    ...(plan.next === null ? [] : [nextWords(best, plan.next)]),
    ...turnWords(plan),
    ...policySentences(plan),
    ...plan.raises.map(
      ({ architecture, title, code, from, to, unit, month }) =>
        `${architecture}: have ${title}${code === null ? "" : ` (${code})`} raised from ${withUnit(from, "")} to ${withUnit(to, unit)} ${month === 0 ? "before the start" : `by month ${month}`}.`,
    ),
  ];
}

function amount(plan: PlanResult, x: number): string {
  return `${quantity(x)}${plan.unit === "" ? "" : ` ${plan.unit}`} ${plan.driver}`;
}

function startWords(plan: PlanResult, best: PlanPath): string {
  const [first = ""] = best.sequence;
  if (plan.running !== null) return best.moves.length === 0 ? `Keep ${first}` : `Begin with ${first}, which runs today`;
  const when = best.released === 0 ? "" : `, released in month ${best.released}`;
  return `Start with ${first}${when}`;
}

function moveWords(plan: PlanResult, move: PlanPath["moves"][number]): string {
  const { from, to, decided, driver, done, payback } = move;
  const paid =
    payback === null
      ? "it does not pay for itself within the horizon"
      : `it has paid for itself by the end of month ${payback}`;
  const until = done === decided ? "at once" : `serving alone from month ${done}`;
  return `Decide the move from ${from} to ${to} in month ${decided}, at ${amount(plan, driver)}, ${until}: ${paid}.`;
}

function regretWords({ stay, move_now: now, best, ...plan }: PlanResult): string[] {
  const words: string[] = [];
  const isMoving = best !== null && best.moves.length > 0;
  if (stay !== null && stay.stopped !== null) {
    words.push(`Staying with ${stay.architecture} for good is not possible: ${stopWords(stay.stopped, plan.driver)}.`);
  } else if (stay !== null && stay.regret !== null && isMoving) {
    words.push(
      `Staying with ${stay.architecture} for good would cost ${money(stay.regret)} more (${percentOf(stay.regret, best)}).`,
    );
  }
  if (now !== null) {
    const planned = best?.moves[0]?.decided === now.decided;
    words.push(
      planned
        ? `Month ${now.decided} is the first in which a move can be decided: the plan moves at once.`
        : `Moving to ${now.to} in month ${now.decided} already would cost ${money(now.regret)} more (${percentOf(now.regret, best)}).`,
    );
  }
  return words;
}

function percentOf(regret: number, best: PlanPath | null): string {
  return percent(best === null ? null : regret / best.cost);
}

function stopWords({ month, driver, reasons }: PlanStop, name: string): string {
  const why = reasons.length === 0 ? "" : ` (${reasons.join("; ")})`;
  return `from month ${month} on, at ${quantity(driver)} ${name}, it cannot serve the load${why}`;
}

function nextWords(best: PlanPath, next: PlanPath): string {
  const decided = next.moves.map((move) => move.decided);
  const more = next.cost - best.cost;
  return `Next best is another way: ${sequenceWords({ sequence: next.sequence, decided })}, ${money(more)} more (${percent(more / best.cost)}).`;
}

/** Until when a start is right: by the load that it begins with. */
function turnWords({ running, turns, loads, driver, unit }: PlanResult): string[] {
  const lowest = loads[0];
  const highest = loads.at(-1);
  if (running !== null || lowest === undefined || highest === undefined) return [];
  const at = (x: number): string => `${quantity(x)}${unit === "" ? "" : ` ${unit}`}`;
  const name = (start: string | null | undefined): string => start ?? "none can serve the load";
  const first = name(lowest.best?.sequence[0]);
  if (turns.length === 0)
    return [
      `The best start is ${first} at any first load from ${at(lowest.driver)} to ${at(highest.driver)} ${driver}.`,
    ];
  const rest = turns.map(({ at: load, below, above, by }, i) => {
    const until = turns[i + 1];
    const why = by === "limit" && below !== null ? `, since ${below} cannot serve the load to the end` : "";
    return `from ${at(load)}${until === undefined ? " on" : ` to ${at(until.at)}`} ${name(above)}${why}`;
  });
  return [
    `Best start by the first load: ${first} up to ${at(turns[0]?.at ?? Number.NaN)} ${driver}; ${rest.join("; ")}.`,
  ];
}

/** The policy under uncertain growth, as triggers. */
function policySentences(plan: PlanResult): string[] {
  const { policy } = plan;
  if (policy === null) return [];
  const { growth, first_move: moves } = policy;
  const used = policy.triggers.filter(({ from }) => isReached(policy, from));
  const range = `${percent(growth.low)} to ${percent(growth.high)} a month`;
  const span =
    moves.p10 === moves.p90
      ? `in month ${moves.p50}`
      : `between months ${moves.p10} and ${moves.p90} (p10 to p90 of the assumed range)`;
  const when = moves.p50 === null ? "" : ` The first move then comes ${span}.`;
  const unserved = policy.starts.find(({ architecture }) => architecture === policy.start)?.unserved;
  return [
    ...(used.length === 0
      ? [`Where growth is uncertain (${range}) no load makes a move worth it.`]
      : [`Where growth is uncertain (${range}): ${used.map((each) => triggerWords(plan, each)).join("; ")}.${when}`]),
    ...(unserved === undefined || unserved === 0
      ? []
      : [
          `Growth may outrun every architecture: ${figure(unserved)} months of the horizon cannot be served on average.`,
        ]),
  ];
}

/** Whether the policy comes to an architecture: from the best start by its triggers. */
export function isReached({ start, triggers }: PlanPolicy, name: string): boolean {
  const reached = new Set(start === null ? [] : [start]);
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const { from, to } of triggers) if (reached.has(from)) reached.add(to);
  }
  return reached.has(name);
}

function triggerWords(plan: PlanResult, { from, to, above, below, until }: Trigger): string {
  const unit = plan.unit === "" ? "" : ` ${plan.unit}`;
  const most = above === null || below === null ? "" : ` (and are below ${quantity(below)}${unit})`;
  const when =
    above === null
      ? below === null
        ? "are at any value"
        : `are below ${quantity(below)}`
      : `exceed ${quantity(above)}`;
  const end = until >= plan.horizon - 1 ? "" : `, until month ${until}`;
  return `move from ${from} to ${to} when ${plan.driver} ${when}${unit}${most}${end}`;
}

function noPlan({ stops, horizon, driver }: PlanResult): string {
  const why = stops.map((stop) => `${stop.architecture} ${stopWords(stop, driver)}`);
  return `No plan can serve the load in all ${horizon} months${why.length === 0 ? "" : `: ${why.join("; ")}`}.`;
}
