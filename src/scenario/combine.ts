// What a component says about who runs it and whom it exchanges data with: for the question what to combine.
import { z } from "zod";
import { label, text } from "./primitives.ts";

const components = z.union([label, z.array(label).max(1000)]);

export const exchangeKeys = {
  team: text.nullish().describe("who builds and runs it"),
  scales_with: text.nullish().describe("what it grows with, e.g. streams"),
  security: text.nullish().describe("whom its data and rights are kept apart from, e.g. cardholder data"),
  calls_to: components.nullish().describe("components that it calls: a name or a list"),
  reads_from: components.nullish().describe("components from which it takes data: a name or a list"),
  writes_to: components.nullish().describe("components into which it puts data: a name or a list"),
};
