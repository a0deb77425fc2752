import type { z } from "zod";

export type Issue = z.core.$ZodIssue;
export type Branch =
  | { readonly kind: "types"; readonly expected: readonly string[] }
  | { readonly kind: "issues"; readonly issues: readonly Issue[] };

/**
 * What to say of a value that fits no branch of a union: the faults of the branch whose kind of value it is (the fewest of
 * them, those inside it before one of the whole), or, where it is of none, the kinds that are allowed.
 */
export function bestBranch(branches: readonly (readonly Issue[])[]): Branch {
  let best: readonly Issue[] | undefined;
  const expected: string[] = [];
  for (const issues of branches) {
    const types = issues.map(wrongTypes);
    const mismatch = types.find((found) => found !== undefined);
    if (mismatch !== undefined) expected.push(...mismatch);
    else if (best === undefined || rank(issues) < rank(best)) best = issues;
  }
  return best === undefined ? { kind: "types", expected } : { kind: "issues", issues: best };
}

/** A word that is not among those allowed says nothing of keys and values. */
function rank(issues: readonly Issue[]): number {
  const ofTheWhole = issues.some(({ code, path }) => code === "invalid_value" && path.length === 0);
  return ofTheWhole ? Number.POSITIVE_INFINITY : issues.length;
}

/** The kinds that a branch wants, if the value itself (not a part of it) is of another. */
function wrongTypes(issue: Issue): readonly string[] | undefined {
  if (issue.path.length > 0) return undefined;
  if (issue.code === "invalid_type") return [issue.expected];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return undefined;
  const inner = bestBranch(issue.errors);
  return inner.kind === "types" ? inner.expected : undefined;
}
