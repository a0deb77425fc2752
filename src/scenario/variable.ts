import type { Problems } from "../diagnostic/diagnostic.ts";
import { reservedName } from "../formula/reserved.ts";
import type { YamlSource } from "../yaml/source.ts";
import { nearOrAll } from "./architecture.ts";
import type { ScenarioData, VariableSpec } from "./schema.ts";

/** Reports variables without a value, or whose keys do not go together; whether all are fine. */
export function checkVariables(data: ScenarioData, source: YamlSource, problems: Problems): boolean {
  let fine = areNamesFree(data, source, problems);
  for (const [name, spec] of Object.entries(data.variables)) {
    if (typeof spec !== "object") continue;
    const fault = faultOf(name, spec);
    if (fault === undefined) continue;
    fine = false;
    const path = ["variables", name, ...(fault.key === undefined ? [] : [fault.key])];
    const place = source.place(path, fault.key === undefined ? "key" : "value");
    // A misspelt `value` has been reported as an unknown key of this variable: that it is missing is the same fault.
    const isMisspelt = fault.code === "no-value" && hasUnknownKey(name, spec, source);
    if (!isMisspelt) problems.error(fault.code, fault.message, place, fault.hint);
  }
  return fine;
}

/** Reports variables and metrics whose name means something already: a formula would not see them. */
function areNamesFree(data: ScenarioData, source: YamlSource, problems: Problems): boolean {
  const metrics = Object.entries(data.architectures).flatMap(([architecture, spec]) =>
    Object.keys(spec.metrics ?? {}).map((name) => ({
      what: "metric",
      path: ["architectures", architecture, "metrics", name],
    })),
  );
  const declared = [
    ...Object.keys(data.variables).map((name) => ({ what: "variable", path: ["variables", name] })),
    ...Object.keys(data.metrics ?? {}).map((name) => ({ what: "metric", path: ["metrics", name] })),
    ...metrics,
  ];
  const taken = declared.flatMap(({ what, path }) => {
    const name = path.at(-1) ?? "";
    const reserved = reservedName(name);
    return reserved === undefined ? [] : [{ what, path, name, ...reserved }];
  });
  for (const { what, path, name, is, hint } of taken) {
    const message = `"${name}" is ${is} and cannot be the name of a ${what}`;
    problems.error("reserved-name", message, source.place(path, "key"), hint);
  }
  return taken.length === 0;
}

type Fault = {
  readonly code: string;
  readonly message: string;
  readonly key?: string;
  readonly hint?: string | undefined;
};

function faultOf(name: string, spec: VariableSpec): Fault | undefined {
  const { value, typical, one_of: choices } = spec;
  if (value !== undefined && typical !== undefined) {
    return {
      code: "two-values",
      key: "typical",
      message: `"${name}" has both "value" and "typical"`,
      hint: "they mean the same: keep one",
    };
  }
  const central = value ?? typical;
  if (central === undefined) {
    return {
      code: "no-value",
      message: `"${name}" has no value`,
      hint: 'add "value", or "typical" beside the ends of a range',
    };
  }
  if (choices !== undefined && !choices.includes(String(central))) {
    const key = value === undefined ? "typical" : "value";
    return {
      code: "unknown-word",
      key,
      message: `"${central}" is none of the choices of "${name}"`,
      hint: nearOrAll(String(central), choices),
    };
  }
  return halfRange(name, spec, ["low", "high"]) ?? halfRange(name, spec, ["p10", "p90"]);
}

function halfRange(
  name: string,
  spec: VariableSpec,
  ends: readonly ["low" | "p10", "high" | "p90"],
): Fault | undefined {
  const [given, missing] = spec[ends[0]] === undefined ? [ends[1], ends[0]] : ends;
  if (spec[given] === undefined || spec[missing] !== undefined) return undefined;
  return {
    code: "half-range",
    key: given,
    message: `the range of "${name}" has "${given}" and no "${missing}"`,
    hint: `add "${missing}"`,
  };
}

function hasUnknownKey(name: string, spec: VariableSpec, source: YamlSource): boolean {
  const written = own(own(source.data, "variables"), name);
  return (
    typeof written === "object" && written !== null && Object.keys(written).some((key) => !Object.hasOwn(spec, key))
  );
}

function own(data: unknown, key: string): unknown {
  return typeof data === "object" && data !== null && Object.hasOwn(data, key) ? Reflect.get(data, key) : undefined;
}
