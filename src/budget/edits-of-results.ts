import type { Edit } from "../result/check.ts";
import type { StoredResult } from "../result/stored.ts";
import { lineFrom } from "./source-line.ts";

/** What can be seen of the edits between two results whose scenarios are not at hand: variables, components, region, day. */
export function editsOfResults(before: StoredResult, after: StoredResult): readonly Edit[] {
  const edits: Edit[] = [...assumptionEdits(before, after), ...componentEdits(before, after)];
  const { scenario: old } = before;
  const { scenario: now } = after;
  if (old.region !== now.region) edits.push(edit("design", "region", old.region, now.region));
  if (old.as_of.prices !== now.as_of.prices) {
    edits.push(edit("prices", "as_of.prices", old.as_of.prices, now.as_of.prices));
  }
  return edits;
}

function edit(cause: Edit["cause"], path: string, before: string | null, after: string | null): Edit {
  return { cause, path, before, after, place: null };
}

/** Variables have no dot in their address; what services take as default has, and is their design's. */
function assumptionEdits(before: StoredResult, after: StoredResult): readonly Edit[] {
  const old = new Map(before.assumptions.map((one) => [one.address, `${one.value} ${one.unit}`.trim()]));
  return after.assumptions.flatMap(({ address, value, unit, place }) => {
    const now = `${value} ${unit}`.trim();
    const was = old.get(address);
    if (was === now || (was === undefined && address.includes("."))) return [];
    const cause = address.includes(".") ? "design" : "workload";
    const path = cause === "workload" ? `variables.${address}` : address;
    return [{ ...edit(cause, path, was ?? null, now), place: lineFrom(place) ?? null }];
  });
}

function componentEdits(before: StoredResult, after: StoredResult): readonly Edit[] {
  const [old, now] = [componentsOf(before), componentsOf(after)];
  const paths = new Set([...now.keys(), ...old.keys()]);
  return [...paths].flatMap((path) => {
    const [was, is] = [old.get(path), now.get(path)];
    return was?.service === is?.service
      ? []
      : [{ ...edit("design", path, was?.service ?? null, is?.service ?? null), place: is?.place ?? null }];
  });
}

function componentsOf(
  result: StoredResult,
): ReadonlyMap<string, { readonly service: string; readonly place: Edit["place"] }> {
  return new Map(
    Object.entries(result.architectures).flatMap(([architecture, { components, line_items: lines }]) =>
      Object.entries(components).map(([name, { service }]) => {
        const line = lines.find((item) => item.x_Component === name);
        const place = lineFrom(line?.x_Place ?? null) ?? null;
        return [`architectures.${architecture}.components.${name}`, { service, place }] as const;
      }),
    ),
  );
}
