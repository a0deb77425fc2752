// What schemas of files under pricing/ share.
import { z } from "zod";

/** What formulas call something; a hyphen would be a minus. */
const NAME = /^[a-z][a-z0-9_]*$/;

export const name = z.string().regex(NAME, "a name is lower-case letters, digits and _, and begins with a letter");

export const isoDate = z.iso.date();

/** A formula as written, or a plain number in base units or the declared unit. */
export const formula = z.union([z.string(), z.number()]);
