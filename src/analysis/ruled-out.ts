import type { Result } from "../result/schema.ts";

/** Architectures that cannot serve the load, unless none can: then they are compared all the same. */
export function ruledOut(result: Result): readonly string[] {
  const all = Object.entries(result.architectures);
  const unable = all.filter(([, { feasible }]) => !feasible).map(([name]) => name);
  return unable.length === all.length ? [] : unable;
}
