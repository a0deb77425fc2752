/**
 * A schema as plain data: what `shapeOf` makes of a zod schema, and the build writes down, so that a scenario without
 * faults is read without loading zod. `other` stands for what only zod understands.
 */
export type Shape =
  | { readonly kind: "text"; readonly most?: number; readonly patterns: readonly string[] }
  | { readonly kind: "number"; readonly bounds: readonly Bound[] }
  | { readonly kind: "truth" | "other" }
  | { readonly kind: "word"; readonly words: readonly string[] }
  | { readonly kind: "list"; readonly item: Shape; readonly least?: number; readonly most?: number }
  | { readonly kind: "record"; readonly key: Shape; readonly value: Shape }
  | { readonly kind: "keys"; readonly keys: Readonly<Record<string, Shape>>; readonly rest?: Shape }
  | { readonly kind: "either"; readonly options: readonly Shape[] }
  | { readonly kind: "optional" | "nullable"; readonly inner: Shape }
  | { readonly kind: "default"; readonly inner: Shape; readonly value: string | number | boolean | "{}" };

export type Bound = { readonly than: "least" | "above" | "most" | "below"; readonly value: number };

/** What `readShape` gives where the value does not fit, or only the schema itself can tell. */
export const REFUSED = Symbol("refused");

/** @returns new data as the schema would make it: keys in the schema's order, defaults filled in; or REFUSED */
export function readShape(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case "text":
      return typeof value === "string" && isText(shape, value) ? value : REFUSED;
    case "number":
      return typeof value === "number" && isNumber(shape.bounds, value) ? value : REFUSED;
    case "truth":
      return typeof value === "boolean" ? value : REFUSED;
    case "word":
      return typeof value === "string" && shape.words.includes(value) ? value : REFUSED;
    case "list":
      return Array.isArray(value) ? readList(shape, value) : REFUSED;
    case "record":
      return isObject(value) ? readRecord(shape, value) : REFUSED;
    case "keys":
      return isObject(value) ? readKeys(shape, value) : REFUSED;
    case "either":
      return readEither(shape.options, value);
    case "optional":
      return value === undefined ? value : readShape(shape.inner, value);
    case "nullable":
      return value === null ? value : readShape(shape.inner, value);
    case "default":
      if (value !== undefined) return readShape(shape.inner, value);
      return shape.value === "{}" ? {} : shape.value;
    case "other":
      return REFUSED;
    default:
      return shape satisfies never;
  }
}

const patterns = new Map<string, RegExp>();

function isText({ most, patterns: wanted }: Extract<Shape, { kind: "text" }>, value: string): boolean {
  if (most !== undefined && value.length > most) return false;
  return wanted.every((source) => {
    const pattern = patterns.get(source) ?? new RegExp(source);
    patterns.set(source, pattern);
    return pattern.test(value);
  });
}

function isNumber(bounds: readonly Bound[], value: number): boolean {
  if (!Number.isFinite(value)) return false;
  return bounds.every(({ than, value: bound }) => {
    if (than === "least") return value >= bound;
    if (than === "above") return value > bound;
    return than === "most" ? value <= bound : value < bound;
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readList({ item, least, most }: Extract<Shape, { kind: "list" }>, value: readonly unknown[]): unknown {
  if ((least !== undefined && value.length < least) || (most !== undefined && value.length > most)) return REFUSED;
  const items = value.map((each) => readShape(item, each));
  return items.includes(REFUSED) ? REFUSED : items;
}

function readRecord(shape: Extract<Shape, { kind: "record" }>, value: Readonly<Record<string, unknown>>): unknown {
  const record: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const read = readShape(shape.value, value[key]);
    if (read === REFUSED || key === "__proto__" || readShape(shape.key, key) === REFUSED) return REFUSED;
    record[key] = read;
  }
  return record;
}

function readKeys({ keys, rest }: Extract<Shape, { kind: "keys" }>, value: Readonly<Record<string, unknown>>): unknown {
  const data: Record<string, unknown> = {};
  for (const key of Object.keys(keys)) {
    const shape = keys[key];
    const read = shape === undefined ? REFUSED : readShape(shape, value[key]);
    if (read === REFUSED) return REFUSED;
    if (read !== undefined) data[key] = read;
  }
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(keys, key)) continue;
    const read = rest === undefined || key === "__proto__" ? REFUSED : readShape(rest, value[key]);
    if (read === REFUSED) return REFUSED;
    data[key] = read;
  }
  return data;
}

function readEither(options: readonly Shape[], value: unknown): unknown {
  for (const option of options) {
    const read = readShape(option, value);
    if (read !== REFUSED) return read;
  }
  return REFUSED;
}
