// What several parts of a scenario's format are made of.
import { z } from "zod";

/** A name that formulas may use. */
export const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]*$/,
    "a name is lower-case letters, digits and _, and begins with a letter (a hyphen would be a minus)",
  )
  .max(64);
export const label = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, "a name is lower-case letters, digits, _ and -, and begins with a letter")
  .max(64);
/** A formula, a number in the declared unit, or a literal with a unit. */
export const formula = z
  .union([z.string().max(10_000), z.number()])
  .meta({ description: "number, literal with unit, or formula" });
export const text = z.string().max(2_000);
export const status = z.enum(["measured", "documented", "assumed"]);
