// Forges look for a file from the root of its repository, wherever the check was called.
import { basename, join, relative, sep } from "node:path";
import { repositoryOf } from "../io/links.ts";
import { folderOf, realFolder } from "../io/read.ts";
import type { CheckReport, SourceLine } from "../result/check.ts";

/** A file from the root of its repository, with / between folders; as it was named where it is in none. */
export function rootedFile(file: string): string {
  const folder = realFolder(folderOf(file));
  const root = repositoryOf(folder);
  return root === undefined
    ? file
    : relative(root, join(folder, basename(file)))
        .split(sep)
        .join("/");
}

/** The check with every place from the root of its repository. */
export function rootedCheck(report: CheckReport): CheckReport {
  const known = new Map<string, string>();
  const rooted = (file: string): string => {
    const found = known.get(file) ?? rootedFile(file);
    known.set(file, found);
    return found;
  };
  const at = <T extends SourceLine | null>(place: T): T =>
    place === null ? place : { ...place, file: rooted(place.file) };
  return {
    ...report,
    budget_changes: report.budget_changes.map((one) => ({ ...one, file: rooted(one.file), place: at(one.place) })),
    scenarios: report.scenarios.map((scenario) => ({
      ...scenario,
      file: rooted(scenario.file),
      outcomes: scenario.outcomes.map((outcome) => ({
        ...outcome,
        place: at(outcome.place),
        causes: outcome.causes.map((cause) => ({ ...cause, place: at(cause.place) })),
      })),
    })),
  };
}
