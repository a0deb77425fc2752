// What a component tells about who runs it and whom it exchanges data with: for the question what to combine.
import { z } from "zod";
import { label, text } from "./primitives.ts";

const components = z.union([label, z.array(label).max(1000)]);

export const exchangeKeys = {
  /** who builds and runs it */
  team: text.nullish(),
  /** what it grows with, e.g. streams */
  scales_with: text.nullish(),
  /** whom its data and rights are kept apart from, e.g. cardholder data */
  security: text.nullish(),
  /** components that it calls */
  calls_to: components.nullish(),
  /** components from which it takes data, and into which it puts data */
  reads_from: components.nullish(),
  writes_to: components.nullish(),
};
