// What levers reach, in sentences.
import type { LeversResult, Stage } from "./levers.ts";
import { money, percent } from "./number.ts";

/** Classes in people's words, in the order of the stages. */
const WORDS: Readonly<Record<Stage["upto"], string>> = {
  rate: "rate levers",
  usage: "usage levers",
  configuration: "configuration",
  "re-architecture": "re-architecture",
};

/** What a stage and those before it are called: `rate and usage levers`. */
export function stageWords(upto: Stage["upto"]): string {
  switch (upto) {
    case "rate":
      return "rate levers";
    case "usage":
      return "rate and usage levers";
    case "configuration":
      return "these and configuration";
    case "re-architecture":
      return "these and re-architecture";
    default:
      return upto satisfies never;
  }
}

/** The answer first: what all levers reach, then how far each class goes, and whether the cheaper ones would have done. */
export function leverSentences(found: Omit<LeversResult, "sentences">): string[] {
  const { stages, architecture, base } = found;
  const last = stages.at(-1);
  if (last === undefined || found.levers.length === 0) return [`No lever fits ${architecture}.`];
  if (last.levers.length === 0) {
    return [`No lever makes ${architecture} cheaper than ${money(base.cost)} a month.`, ...infeasibleWords(found)];
  }
  const { cost, saving_share: share } = last.outcome;
  const answer = `With ${last.levers.join(", ")}, ${architecture} at ${money(base.cost)} a month becomes ${last.architecture === architecture ? "" : `${last.architecture} at `}${money(cost)}: ${percent(share)} less.`;
  return [answer, ...reachWords(stages), ...claim(found), ...infeasibleWords(found)];
}

/** A sentence for each class: how far it and those before it go, and with what. */
function reachWords(stages: readonly Stage[]): string[] {
  const offered = stages.filter(({ available }) => available > 0);
  if (offered.length < 2) return [];
  return offered.map(({ upto, outcome, levers }, at) => {
    const words = at === 0 ? WORDS[upto] : stageWords(upto);
    const reach = `${words.charAt(0).toUpperCase()}${words.slice(1)} reach ${percent(outcome.saving_share)}`;
    return levers.length === 0 ? `${reach}: none of them saves.` : `${reach}: ${levers.join(", ")}.`;
  });
}

/** Whether another architecture saves what no lever on this one can. */
function claim({ stages, levers, architecture }: Omit<LeversResult, "sentences">): string[] {
  const at = (upto: Stage["upto"]): Stage | undefined => stages.find((stage) => stage.upto === upto);
  const [usage, configuration, all] = [at("usage"), at("configuration"), at("re-architecture")];
  if (usage === undefined || configuration === undefined || all === undefined || all.available === 0) return [];
  const [cheap, tuned, most] = [usage, configuration, all].map(({ outcome }) => outcome.cost);
  if (cheap === undefined || tuned === undefined || most === undefined) return [];
  if (!(most < tuned)) return [`Re-architecture adds nothing: configuration alone reaches ${money(tuned)} a month.`];
  const left = `${money(cheap)} a month is left after rate and usage levers, ${money(most)} with another architecture`;
  const rest = `${money(tuned)} after configuration too${times(tuned / most)}`;
  const [alone] = levers.filter((lever) => lever.class === "re-architecture" && lever.measured_on === architecture);
  const only =
    alone === undefined ? "" : ` The switch by itself, ${alone.name}, saves ${percent(alone.alone.saving_share)}.`;
  return [
    `Is architecture the lever that the others cannot match? ${left}${times(cheap / most, " as much")}. ${rest}.${only}`,
  ];
}

/** How many times as much; nothing where the other is free. */
function times(factor: number, words = ""): string {
  if (!Number.isFinite(factor)) return "";
  return `: ${factor >= 10 ? Math.round(factor) : Math.round(factor * 10) / 10} times${words}`;
}

function infeasibleWords({ base, stages }: Omit<LeversResult, "sentences">): string[] {
  if (base.feasible) return [];
  const able = stages.find(({ outcome }) => outcome.feasible);
  const reason = base.reasons[0] ?? "a hard limit stands against it";
  const then = able === undefined ? "No combination can." : `With ${able.levers.join(", ")} it can.`;
  return [`As it stands it cannot serve the load: ${reason}. ${then}`];
}
