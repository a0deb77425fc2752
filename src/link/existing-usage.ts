// What the organisation already uses of tiers and free allowances (`existing.usage`).
import type { LoadedService } from "../catalog/catalog.ts";
import type { Meter } from "../catalog/schema.ts";
import { suggest } from "../diagnostic/suggest.ts";
import type { GraphBuilder } from "../formula/builder.ts";
import type { BillTask } from "./bill-task.ts";
import { sum } from "./lines.ts";
import { unknownService } from "./service-pattern.ts";
import { writtenAt } from "./workload.ts";

/** Usage of one meter outside the scenario. */
export type ExistingUsage = {
  readonly service: LoadedService;
  readonly name: string;
  readonly meter: Meter;
  /** node: base units a month */
  readonly amount: number;
};

/** The entries of `existing.usage`, linked; names that no service has are faults. */
export function existingUsage(task: BillTask): readonly ExistingUsage[] {
  const { scenario, catalog, linker, workload } = task;
  return Object.entries(scenario.data.existing?.usage ?? {}).flatMap(([id, meters]) => {
    const path = ["existing", "usage", id];
    const service = catalog.service(id);
    if (service === undefined) unknownService(id, path, task, "key");
    if (service === undefined) return [];
    return Object.entries(meters).flatMap(([name, text]): ExistingUsage[] => {
      const meter = service.data.meters[name];
      const unit = linker.unit(meter?.unit);
      if (meter === undefined || unit === undefined) {
        const known = Object.keys(service.data.meters);
        const near = suggest(name, known);
        const hint = near === undefined ? `its meters: ${known.join(", ")}` : `did you mean "${near}"?`;
        const place = scenario.source.place([...path, name], "key");
        linker.problems.error("unknown-meter", `${id} has no meter "${name}"`, place, hint);
        return [];
      }
      const written = writtenAt(scenario, [...path, name], text);
      const value = linker.number(written, workload.scope, unit, `existing usage of "${name}"`);
      const month = value === undefined ? undefined : linker.month(value, written, `existing usage of "${name}"`);
      return month === undefined ? [] : [{ service, name, meter, amount: month.node }];
    });
  });
}

/** The sum over the entries that are meant, in base units; undefined where there is none. */
export function usedOf(
  usage: readonly ExistingUsage[],
  builder: GraphBuilder,
  isMeant: (entry: ExistingUsage) => boolean,
): number | undefined {
  const amounts = usage.filter(isMeant).map(({ amount }) => amount);
  return amounts.length === 0 ? undefined : sum(builder, amounts);
}

/** The rate of a meter as the service's file writes it: meters of one rate share its tiers. */
export function rateName({ service, name, meter }: Pick<ExistingUsage, "service" | "name" | "meter">): string {
  return meter.use ?? `${service.id}#${meter.rate ?? name}`;
}
