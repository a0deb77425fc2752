export type Spec = Readonly<Record<string, unknown>>;

/**
 * The one merge rule of `extends` and of levers: key by key, the later value wins, keys and values merge deeper, lists and
 * all else are replaced whole, and null removes.
 * @param missing reported the path of each null that has nothing to remove
 * @returns new data without nulls and without a prototype; keys of the base first, each in its place
 */
export function mergeSpecs(
  base: Spec,
  later: Spec,
  missing: (path: readonly string[]) => void = () => undefined,
): Spec {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(later)) {
    const below = Object.hasOwn(base, key) ? base[key] : undefined;
    if (value === null) {
      if (below === undefined) missing([key]);
      merged.delete(key);
    } else if (isSpec(value)) {
      merged.set(
        key,
        mergeSpecs(isSpec(below) ? below : {}, value, (path) => missing([key, ...path])),
      );
    } else {
      merged.set(key, value);
    }
  }
  return specOf(merged);
}

export function isSpec(value: unknown): value is Spec {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function specOf(entries: Iterable<readonly [string, unknown]>): Spec {
  const spec: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) spec[key] = value;
  return spec;
}
