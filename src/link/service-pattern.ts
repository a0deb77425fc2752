import { nearService } from "../catalog/near-service.ts";
import type { Path } from "../yaml/source.ts";
import type { BillTask } from "./bill-task.ts";

/** Whether a setting for `aws/lambda` or `aws/*` is for a service. */
export function matchesService(pattern: string, service: string): boolean {
  return pattern === service || (pattern.endsWith("/*") && service.startsWith(pattern.slice(0, -1)));
}

/** Reports a service that the catalog does not know; a pattern is for whatever it matches. */
export function unknownService(
  pattern: string,
  path: Path,
  { catalog, linker, scenario }: Pick<BillTask, "catalog" | "linker" | "scenario">,
  part?: "key",
): void {
  if (pattern.endsWith("/*") || catalog.service(pattern) !== undefined) return;
  const hint = nearService(pattern, catalog.serviceIds());
  linker.problems.error("unknown-service", `no service "${pattern}"`, scenario.source.place(path, part), hint);
}
