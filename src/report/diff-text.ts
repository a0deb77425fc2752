import {
  type ArchitectureChange,
  type ByCause,
  CAUSES,
  type DiffReport,
  type ScenarioChange,
} from "../result/check.ts";
import { harmless } from "../result/harmless.ts";
import { money } from "../result/number.ts";
import { changeWords, placeWords, signedMoney } from "./check-words.ts";
import { clean } from "./text.ts";

/** Line items and edits reported of one change. */
const MOST_LINES = 12;
const MOST_EDITS = 20;

/** What changed between two scenarios or results, for a terminal. */
export function renderDiffText(report: DiffReport): string {
  const head = `${clean(report.name)}: from ${clean(report.before)} to ${clean(report.after)}`;
  return harmless(`${[head, ...changeLines(report.change)].join("\n")}\n`);
}

/** The change of one scenario: each architecture with its line items, then the lines that were edited. */
export function changeLines(change: ScenarioChange): string[] {
  if (change.architectures.length === 0) {
    return [`  no cost has changed${change.edits.length === 0 ? "" : `, ${edits(change.edits.length)}`}`];
  }
  return [
    ...change.architectures.flatMap(architectureLines),
    ...change.edits.slice(0, MOST_EDITS).map(({ cause, path, before, after, place }) => {
      const where = place === null ? "" : ` (${placeWords(place)})`;
      return `  edit   ${cause}: ${clean(path)}: ${clean(before ?? "nothing")} to ${clean(after ?? "nothing")}${where}`;
    }),
    ...(change.edits.length > MOST_EDITS ? [`  edit   and ${change.edits.length - MOST_EDITS} more`] : []),
    ...(change.program.before === change.program.after
      ? []
      : [`  program ${clean(change.program.before)} to ${clean(change.program.after)}`]),
  ];
}

function edits(count: number): string {
  return `${count} line${count === 1 ? "" : "s"} edited`;
}

function architectureLines({ architecture, before, after, change, by, lines }: ArchitectureChange): string[] {
  const name = clean(architecture);
  const head =
    before === null
      ? `${name} is new: ${money(after)} a month`
      : after === null
        ? `${name} is gone: it cost ${money(before)} a month`
        : `${name}: ${money(before)} to ${money(after)} a month, ${changeWords(before, after) || signedMoney(change)}`;
  return [
    `  change ${head}; ${causeWords(by)}`,
    ...lines.slice(0, MOST_LINES).map((line) => {
      const amounts = line.before === null ? "new" : line.after === null ? "gone" : `from ${money(line.before)}`;
      const places = line.places.map(placeWords).join(", ");
      return `    ${signedMoney(line.change)} ${clean(line.component)}: ${clean(line.description)}, ${amounts}; ${causeWords(line.by)}${places === "" ? "" : ` (${places})`}`;
    }),
    ...(lines.length > MOST_LINES ? [`    and ${lines.length - MOST_LINES} more line items`] : []),
  ];
}

/** `design +$1,200, prices -$3`, the greatest first. */
export function causeWords(by: ByCause): string {
  const parts = CAUSES.filter((cause) => by[cause] !== 0).sort((a, b) => Math.abs(by[b]) - Math.abs(by[a]));
  return parts.length === 0 ? "no change" : parts.map((cause) => `${cause} ${signedMoney(by[cause])}`).join(", ");
}
