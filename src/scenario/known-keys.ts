import { bestBranch, type Issue } from "../yaml/schema-branch.ts";
import { isSpec, specOf } from "./merge-specs.ts";

type Path = readonly PropertyKey[];

/**
 * The data without the keys that the schema does not know, so that a reader can go on and find what else is wrong.
 * @returns undefined where the issues are of other kinds too
 */
export function withKnownKeys(data: unknown, issues: readonly Issue[]): { readonly data: unknown } | undefined {
  const unknown = unknownKeys(issues, []);
  if (unknown === undefined) return undefined;
  return { data: unknown.reduce((left, path) => without(left, path), data) };
}

function unknownKeys(issues: readonly Issue[], above: Path): readonly Path[] | undefined {
  const paths: Path[] = [];
  for (const issue of issues) {
    const here = [...above, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      paths.push(...issue.keys.map((key) => [...here, key]));
      continue;
    }
    const branch = issue.code === "invalid_union" ? bestBranch(issue.errors) : undefined;
    const inner = branch?.kind === "issues" ? unknownKeys(branch.issues, here) : undefined;
    if (inner === undefined) return undefined;
    paths.push(...inner);
  }
  return paths;
}

function without(data: unknown, [step, ...rest]: Path): unknown {
  if (Array.isArray(data)) return data.map((item, at) => (at === step ? without(item, rest) : item));
  if (!isSpec(data)) return data;
  const entries = Object.entries(data).filter(([key]) => rest.length > 0 || key !== step);
  return specOf(entries.map(([key, value]) => [key, key === step ? without(value, rest) : value]));
}
