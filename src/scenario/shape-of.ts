import { z } from "zod";
import type { Bound, Shape } from "./shape.ts";

const OTHER: Shape = { kind: "other" };

type Checks = readonly z.core.$ZodCheck[] | undefined;

/** A schema as plain data. What has no counterpart becomes `other`, so that a new kind of schema costs time, never truth. */
export function shapeOf(schema: z.core.$ZodType): Shape {
  if (schema instanceof z.ZodOptional) return { kind: "optional", inner: shapeOf(schema.unwrap()) };
  if (schema instanceof z.ZodNullable) return { kind: "nullable", inner: shapeOf(schema.unwrap()) };
  if (schema instanceof z.ZodDefault) return defaultOf(shapeOf(schema.unwrap()), schema.def.defaultValue);
  if (schema instanceof z.ZodString || schema instanceof z.ZodISODate) return textOf(schema);
  if (schema instanceof z.ZodNumber) return numberOf(schema.def.checks);
  if (schema instanceof z.ZodArray) return listOf(shapeOf(schema.element), schema.def.checks);
  // A condition on the whole of any other schema is known to zod alone.
  if (schema._zod.def.checks !== undefined && schema._zod.def.checks.length > 0) return OTHER;
  if (schema instanceof z.ZodBoolean) return { kind: "truth" };
  if (schema instanceof z.ZodEnum) return wordOf(schema.options);
  if (schema instanceof z.ZodUnion) return { kind: "either", options: schema.options.map(shapeOf) };
  if (schema instanceof z.ZodObject) return keysOf(schema);
  if (schema instanceof z.ZodRecord) {
    const key = shapeOf(schema.keyType);
    return key.kind === "text" ? { kind: "record", key, value: shapeOf(schema.valueType) } : OTHER;
  }
  return OTHER;
}

function defaultOf(inner: Shape, value: unknown): Shape {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value === "{}" ? OTHER : { kind: "default", inner, value };
  }
  return JSON.stringify(value) === "{}" ? { kind: "default", inner, value: "{}" } : OTHER;
}

function textOf({ def }: z.ZodString | z.ZodISODate): Shape {
  const patterns: string[] = [];
  let most: number | undefined;
  const own: unknown[] = "pattern" in def ? [def] : [];
  for (const check of [...own, ...(def.checks ?? []).map((each) => each._zod.def)]) {
    const { check: kind, pattern, maximum } = check as { check: string; pattern?: unknown; maximum?: unknown };
    if (kind === "string_format" && pattern instanceof RegExp && pattern.flags === "") patterns.push(pattern.source);
    else if (kind === "max_length" && typeof maximum === "number") most = Math.min(most ?? maximum, maximum);
    else return OTHER;
  }
  return { kind: "text", ...(most === undefined ? {} : { most }), patterns };
}

function numberOf(checks: Checks): Shape {
  const bounds: Bound[] = [];
  for (const check of checks ?? []) {
    const { check: kind, value, inclusive } = check._zod.def as { check: string; value?: unknown; inclusive?: boolean };
    if (typeof value !== "number") return OTHER;
    if (kind === "greater_than") bounds.push({ than: inclusive === true ? "least" : "above", value });
    else if (kind === "less_than") bounds.push({ than: inclusive === true ? "most" : "below", value });
    else return OTHER;
  }
  return { kind: "number", bounds };
}

function listOf(item: Shape, checks: Checks): Shape {
  let limits: { readonly least?: number; readonly most?: number } = {};
  for (const check of checks ?? []) {
    const found = check._zod.def as { check: string; minimum?: number; maximum?: number; length?: number };
    if (found.check === "min_length" && found.minimum !== undefined) limits = { ...limits, least: found.minimum };
    else if (found.check === "max_length" && found.maximum !== undefined) limits = { ...limits, most: found.maximum };
    else if (found.check === "length_equals" && found.length !== undefined) {
      limits = { least: found.length, most: found.length };
    } else return OTHER;
  }
  return { kind: "list", item, ...limits };
}

function wordOf(options: readonly unknown[]): Shape {
  const words = options.filter((option) => typeof option === "string");
  return words.length === options.length ? { kind: "word", words } : OTHER;
}

function keysOf(schema: z.ZodObject): Shape {
  const { catchall } = schema.def;
  // Without a word on other keys zod leaves them out: a strict schema or one that reads them is meant.
  if (catchall === undefined) return OTHER;
  const keys = Object.fromEntries(Object.entries(schema.shape).map(([key, inner]) => [key, shapeOf(inner)]));
  return { kind: "keys", keys, ...(catchall instanceof z.ZodNever ? {} : { rest: shapeOf(catchall) }) };
}
