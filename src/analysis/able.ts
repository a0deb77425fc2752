import type { Model } from "../model/model.ts";
import { manyCases } from "./many-cases.ts";
import { type RuledOut, ruledOutThrough } from "./ruled-out.ts";

/** As `ruledOutThrough`, for a model. @param free addresses of the inputs that differ from case to case */
export function ruledOutCases(model: Model, free: readonly string[], quotas: boolean): RuledOut | undefined {
  return ruledOutThrough(model.architectures, quotas, (nodes) => manyCases(model, nodes, free));
}
