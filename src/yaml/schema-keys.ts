import { z } from "zod";
import type { Path } from "./source.ts";

/** The keys that a schema allows in the object at a path, in the schema's order; none where any key may stand. */
export function allowedKeys(schema: z.ZodType, path: Path): readonly string[] {
  let schemas: readonly z.core.$ZodType[] = plain(schema);
  for (const step of path) schemas = schemas.flatMap((outer) => inside(outer, step)).flatMap(plain);
  return [...new Set(schemas.flatMap((found) => (found instanceof z.ZodObject ? Object.keys(found.shape) : [])))];
}

/** A schema without its wrappers: a union is all of its branches. */
function plain(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return plain(schema.unwrap());
  if (schema instanceof z.ZodReadonly || schema instanceof z.ZodLazy) return plain(schema.unwrap());
  if (schema instanceof z.ZodPipe) return plain(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(plain);
  return [schema];
}

function inside(schema: z.core.$ZodType, step: string | number): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (!(schema instanceof z.ZodObject)) return [];
  const own = Object.hasOwn(schema.shape, step) ? schema.shape[step] : schema.def.catchall;
  return own === undefined ? [] : [own];
}
