// Which line items an edit moves by itself: it is taken back alone, or made alone, and the lines are looked at again.
import { type ChangeTask, lineKey } from "../budget/change.ts";
import { type DataEdit, withValue } from "../budget/edits.ts";
import { InputError } from "../diagnostic/diagnostic.ts";
import { valuesOf } from "../figures/values.ts";
import type { Edit } from "../result/check.ts";
import type { ComputeContext } from "./compute.ts";
import { loadText } from "./load.ts";

/** A scenario as data, with what it takes to run a change of it. */
export type EditedSide = { readonly data: unknown; readonly folder: string; readonly context: ComputeContext };

type Costs = ReadonlyMap<string, number>;

/** More are not tried: each is a run. */
const MOST = 12;
/** Costs that differ by less, as a share, are the same. */
const SAME = 1e-12;

/**
 * Undefined where there are too many to try; a single edit has done it all. An edit that cannot be taken back alone is made alone
 * in the old scenario; where that is no scenario either, nothing is known of it.
 */
export function movedBy(edits: readonly DataEdit[], old: EditedSide, now: EditedSide): ChangeTask["moves"] {
  if (edits.length > MOST) return undefined;
  if (edits.length < 2) return () => true;
  const [before, after] = [costsOf(old), costsOf(now)];
  const moved = new Map<Edit, ReadonlySet<string>>();
  for (const { edit, path, from, to } of edits) {
    const without = costsOf({ ...now, data: withValue(now.data, path, from) });
    const alone = without === undefined ? costsOf({ ...old, data: withValue(old.data, path, to) }) : undefined;
    const found = without === undefined ? changed(before, alone) : changed(after, without);
    if (found !== undefined) moved.set(edit, found);
  }
  return (edit, architecture, key) => moved.get(edit)?.has(named(architecture, key));
}

function named(architecture: string, key: string): string {
  return `${architecture}\0${key}`;
}

/** Undefined where it is no scenario that can be run. */
function costsOf({ data, folder, context }: EditedSide): Costs | undefined {
  const { options, io, catalogs } = context;
  try {
    const text = JSON.stringify(data, undefined, 1);
    const { model, problems } = loadText({ text, name: "between", folder }, options, io, catalogs);
    if (problems.hasErrors) return undefined;
    const lines = model.architectures.flatMap((architecture) => architecture.lines);
    const { mean } = valuesOf(
      model,
      lines.map((line) => line.effective),
    );
    const costs = new Map<string, number>();
    for (const { words, effective } of lines) {
      const key = named(words.x_Architecture, lineKey(words));
      const other = costs.get(key);
      costs.set(key, other === undefined ? mean(effective) : other + mean(effective));
    }
    return costs;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function changed(a: Costs | undefined, b: Costs | undefined): ReadonlySet<string> | undefined {
  if (a === undefined || b === undefined) return undefined;
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  return new Set(keys.filter((key) => !isSame(a.get(key), b.get(key))));
}

function isSame(a: number | undefined, b: number | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
}
