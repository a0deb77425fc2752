// Break-even and spread as sentences of the verdict.
import type { BreakEvenResult, UncertaintyResult } from "./decision-schema.ts";
import { figure, percent, quantity, significant, withDollarSign } from "./number.ts";
import type { Result } from "./schema.ts";

/** Architectures that are the cheapest in at least this share of the samples are a clear winner. */
const CLEAR = 0.9;
/** Assumed figures are stated with two digits. */
const DIGITS = 2;
/** Shares nearer to all or nothing than this hang on nothing in particular. */
const SETTLED = 0.01;

/** Who is cheapest round today's value, and where that changes. */
export function breakEvenSentence(found: BreakEvenResult): string {
  const { intervals, today, over, unit } = found;
  const at = intervals.findIndex(({ from, to }) => today >= from && today <= to);
  const here = intervals[at];
  const name = over.startsWith("price:") || unit !== "" ? `of ${inputWords(over)}` : over;
  const amount = (x: number): string => `${quantity(x)}${unit === "" ? "" : ` ${unit}`} ${name}`;
  const who = (cheapest: string | null): string =>
    cheapest === null ? "none can serve the load" : `${cheapest} is the cheapest`;
  if (here === undefined) return "";
  const below = intervals[at - 1];
  const above = intervals[at + 1];
  const stop = stopWords(above?.begins, here.cheapest);
  const parts = [
    ...(below === undefined
      ? []
      : [`below ${amount(here.from)} (${factorWords(here.from / today)}) ${who(below.cheapest)}`]),
    ...(above === undefined
      ? []
      : [`above ${amount(here.to)} (${factorWords(here.to / today)}) ${stop}${who(above.cheapest)}`]),
  ];
  const range = `${quantity(found.from)} and ${amount(found.to)}`;
  const now = here.cheapest === null ? "no architecture can serve the load" : `${here.cheapest} stays the cheapest`;
  return parts.length === 0 ? `Break-even: none between ${range}: ${now}.` : `Break-even: ${parts.join("; ")}.`;
}

/** What has the same size at any load, so that far above today's its figures may be too low. */
export function fixedSentences({ fixed }: BreakEvenResult): readonly string[] {
  if (fixed === undefined) return [];
  const which = fixed.map(({ architecture, components }) => `${components.join(", ")} (${architecture})`).join("; ");
  return [`The size does not follow the load, at 16 times today's it is the same: ${which}.`];
}

/** Why the cheapest one here is not the cheapest above. */
function stopWords(
  begins: BreakEvenResult["intervals"][number]["begins"] | undefined,
  cheapest: string | null,
): string {
  if (cheapest === null) return "";
  if (begins === "limit") return `a limit stops ${cheapest}, and `;
  return begins === "objective" ? `${cheapest} misses an objective, and ` : "";
}

function factorWords(factor: number): string {
  return factor < 2 ? `${percent(factor)} of today` : `${figure(factor)} times today`;
}

/** How sure the ranking and the saving are over the ranges. */
export function uncertaintySentences(found: UncertaintyResult, result: Result): string[] {
  const ranges = found.inputs.every(({ address }) => statusOf(result, address) === "measured") ? "measured" : "assumed";
  if (found.kept === 0) return [`No sample of the ${ranges} ranges fulfils what is given.`];
  const ranked = Object.entries(found.architectures).sort(([, a], [, b]) => b.cheapest - a.cheapest);
  const [first, second] = ranked;
  const given =
    found.given.length === 0 ? "" : `, given ${found.given.map(({ condition }) => condition).join(" and ")},`;
  const over = `Over the ${ranges} ranges${given}`;
  if (first === undefined) return [];
  const [name, best] = first;
  if (second === undefined) {
    const { p10, p90 } = best.cost;
    return [`${over} it costs ${dollars(p10)} to ${dollars(p90)} a month (p10 to p90).`];
  }
  if (best.cheapest < CLEAR) {
    const shares = ranked
      .filter(([, { cheapest }]) => cheapest >= SETTLED)
      .map(([each, { cheapest }]) => `${each} in ${share(cheapest)}`);
    return [`No clear winner: ${lowerFirst(over)} the cheapest is ${shares.join(", ")} of the samples.`];
  }
  return [`${over} ${name} is the cheapest in ${share(best.cheapest)} of the samples${saving(found, name)}.`];
}

function saving(found: UncertaintyResult, name: string): string {
  const architecture = found.architectures[name];
  if (architecture === undefined) return "";
  const { saving_share: saved, saves_over: over } = architecture;
  if (saved === null || over === null) return "";
  const spread = ` and saves ${share(saved.p10)} to ${share(saved.p90)} (p10 to p90)`;
  if (over === 0) return spread;
  const more = `, more than ${percent(found.saving_over)} in ${share(over)}`;
  const hangs = found.hangs_on.find(({ architecture: whose }) => whose === name);
  if (hangs === undefined || over < SETTLED || over > 1 - SETTLED) return `${spread}${more}`;
  return `${spread}${more}; that hangs most on ${hangs.address} (${share(hangs.lowest)} in its lowest quarter, ${share(hangs.highest)} in its highest)`;
}

function share(x: number): string {
  // Rounding must not make a whole of what is not.
  const rounded = significant(x, DIGITS);
  return percent(rounded === 1 || rounded === 0 ? x : rounded);
}

function dollars(x: number): string {
  return withDollarSign(figure(significant(x, DIGITS)), false);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function statusOf(result: Result, address: string): string | undefined {
  return result.assumptions.find((each) => each.address === address)?.status;
}

/** An input as people say it: a price is `ecs-fargate vcpu_x86_64 price`, with its tier where it is not the first. */
export function inputWords(address: string): string {
  const quota = /^quota:(?:[^/]+\/)?([^/]+)\/(.+?)@[^/]+(\/granted)?$/.exec(address);
  if (quota !== null)
    return `${quota[1]} ${(quota[2] ?? "").replaceAll("_", " ")} (quota${quota[3] === undefined ? "" : ", granted"})`;
  const price = /^price:(?:[^/#]+\/)?([^#]+)#(.+)@[^@]+\/(\d+)$/.exec(address);
  const coefficient = /^carbon:([^@]+)(?:@(.+))?$/.exec(address);
  if (coefficient !== null) {
    const [, what = "", where] = coefficient;
    return `${what.replaceAll("_", " ")}${where === undefined ? "" : ` of ${where}`} (carbon)`;
  }
  if (price === null) return address;
  const [, service, key, tier] = price;
  return `${service} ${key} price${tier === "0" ? "" : `, tier ${Number(tier) + 1}`}`;
}
