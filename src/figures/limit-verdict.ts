// What stops which architecture, in the verdict's words.

import { EFFECT_WORDS, isOver, loadWords, withUnit } from "../result/limit-words.ts";
import type { ArchitectureResult, Limit, Raise } from "../result/schema.ts";

type Architectures = Readonly<Record<string, ArchitectureResult>>;

/** Raises named in a sentence; the rest is counted. */
const NAMED = 3;

/**
 * Sentences on what the architectures can serve: the recommended one first, with the raises it needs, then what stops
 * the others, reported once for those that it stops alike.
 */
export function limitSentences(names: readonly string[], architectures: Architectures, best: string): string[] {
  const recommended = architectures[best];
  const others = names.filter((name) => name !== best);
  const stopped = new Map<string, string[]>();
  for (const name of others) {
    const architecture = architectures[name];
    const what = architecture === undefined ? undefined : stopOf(architecture);
    if (what !== undefined) stopped.set(what, [...(stopped.get(what) ?? []), name]);
  }
  return [
    ...(recommended === undefined ? [] : conditions(best, recommended, architectures)),
    ...[...stopped].map(([what, who]) => `${listed(who)} ${who.length > 1 ? "are" : "is"} ${what}`),
  ];
}

/** What the recommended architecture needs before it can serve the load. */
function conditions(best: string, architecture: ArchitectureResult, architectures: Architectures): string[] {
  const { raises, capacity, limits } = architecture;
  const published = limits.find((limit) => limit.quota === capacity.default?.quota && limit.demand > limit.value);
  const sentences: string[] = [];
  if (raises.length > 0) sentences.push(`To serve the load it needs ${raiseWords(raises)}.`);
  if (published === undefined || published.binds_at === null) return sentences;
  const least = published.binds_at.units;
  const others = Object.entries(architectures).flatMap(([name, other]) =>
    name === best ? [] : [other.capacity.default?.units],
  );
  const earlier = others.some((units) => units !== undefined && units < least);
  const equal = others.some((units) => units === least);
  const first = earlier || others.length === 0 ? "stop" : equal ? "be among the first to stop" : "be the first to stop";
  const rests = raises.length > 0 ? [] : [`the load rests on ${withUnit(published.granted, published.unit)} granted`];
  const by = raises.some(({ quota }) => quota === published.quota) ? "" : `, by ${title(published)}`;
  const remarks = [...rests, ...doubts(published)].map((remark) => `; ${remark}`).join("");
  sentences.push(`By published values ${best} would ${first} ${loadWords(published.binds_at)}${by}${remarks}.`);
  return sentences;
}

/** What stops an architecture that is not recommended, after "is": undefined when it serves the load. */
function stopOf({ disqualified, limits, raises }: ArchitectureResult): string | undefined {
  const [reason] = disqualified;
  if (reason !== undefined) return `ruled out: ${reason}.`;
  const first = limits.find(isOver);
  if (first === undefined) return undefined;
  const at = first.binds_at_granted === null ? "" : ` ${loadWords(first.binds_at_granted)}`;
  const verb = first.effect === "slow" ? "slowed down" : "stopped";
  const granted = first.granted === first.value ? [] : [`${withUnit(first.granted, first.unit)} granted`];
  const remarks = [
    ...(first.effect === "slow" ? [] : [EFFECT_WORDS[first.effect]]),
    ...outlook(first, raises),
    ...granted,
    ...doubts(first),
  ];
  return `${verb}${at} by ${title(first)}: ${remarks.join("; ")}.`;
}

function outlook(first: Limit, raises: readonly Raise[]): string[] {
  if (first.effect === "slow") return first.behaviour === null ? [] : [first.behaviour];
  if (first.scope === "setting") return ["your own setting"];
  if (!first.adjustable) return ["it cannot be raised"];
  return [`adjustable, so no hard limit, ${raises.length === 1 ? "one raise" : `${raises.length} raises`} needed`];
}

/** How far the value is to be trusted. */
function doubts({ assumed, evidence, as_of: from }: Limit): string[] {
  return [
    ...(assumed ? [`earliest known value, of ${from}`] : []),
    ...(evidence === "recall" ? ["value from memory"] : []),
  ];
}

function title({ title: words, code }: Limit): string {
  return code === null ? words : `${words} (${code})`;
}

function raiseWords(raises: readonly Raise[]): string {
  const named = raises.slice(0, NAMED).map((raise) => {
    const through = raise.through.length === 0 ? "" : `, through ${raise.through.join(" or ")}`;
    const code = raise.code === null ? "" : ` (${raise.code})`;
    return `${raise.title}${code} from ${withUnit(raise.from, "")} to ${withUnit(raise.to, raise.unit)}${through}`;
  });
  const more = raises.length > NAMED ? `; and ${raises.length - NAMED} more` : "";
  const head = raises.length === 1 ? "one quota raised" : `${raises.length} quotas raised`;
  return `${head}: ${named.join("; ")}${more}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
