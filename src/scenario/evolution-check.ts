import type { Problems } from "../diagnostic/diagnostic.ts";
import type { YamlSource } from "../yaml/source.ts";
import { nearOrAll } from "./architecture.ts";
import { type EvolutionSpec, sourcesOf } from "./evolution.ts";

type Path = readonly (string | number)[];

/** Reports names of `evolution:` that no architecture has, and what is missing or said twice; whether all is fine. */
export function checkEvolution(
  { evolution, architectures, growth }: EvolvingData,
  source: YamlSource,
  problems: Problems,
): boolean {
  if (evolution === undefined) return true;
  let fine = true;
  const fault = (code: string, message: string, path: Path, hint?: string, part: "key" | "value" = "value"): void => {
    fine = false;
    problems.error(code, message, source.place(["evolution", ...path], part), hint);
  };
  const known = Object.keys(architectures);
  for (const { name, path, part } of namesOf(evolution)) {
    if (!known.includes(name)) {
      fault("unknown-architecture", `no architecture "${name}"`, path, nearOrAll(name, known), part);
    }
  }
  if (evolution.growth === undefined && growth === undefined) {
    fault("no-growth", "a plan needs to know how the load grows", [], "add growth: 8%/month, or 0% where it stays");
  }
  const built = Object.keys(evolution.architectures ?? {});
  if (evolution.running === undefined && built.length === 0) {
    const hint = "name what could be built under architectures:, or what runs today as running:";
    fault("no-start", "a plan needs something to start with", [], hint);
  }
  (evolution.moves ?? []).forEach((move, at) => {
    if (sourcesOf(move).includes(move.to))
      fault(
        "no-move",
        `a move from "${move.to}" to itself`,
        ["moves", at, "to"],
        "a move goes to another architecture",
      );
  });
  for (const path of effortsOf(evolution)) {
    if (evolution.person_rate !== undefined) break;
    fault("no-rate", "effort is work: what a person-month costs is missing", path, "add person_rate: 15 kUSD/month");
  }
  return fine;
}

type EvolvingData = {
  readonly evolution?: EvolutionSpec | undefined;
  readonly architectures: object;
  readonly growth?: unknown;
};

function namesOf({ running, architectures, moves }: EvolutionSpec) {
  const named: { readonly name: string; readonly path: Path; readonly part: "key" | "value" }[] = [];
  if (running !== undefined) named.push({ name: running, path: ["running"], part: "value" });
  for (const name of Object.keys(architectures ?? {})) named.push({ name, path: ["architectures", name], part: "key" });
  (moves ?? []).forEach(({ from, to }, at) => {
    sourcesOf({ from }).forEach((name, nth) => {
      const path = ["moves", at, "from", ...(typeof from === "string" ? [] : [nth])];
      named.push({ name, path, part: "value" });
    });
    named.push({ name: to, path: ["moves", at, "to"], part: "value" });
  });
  return named;
}

function effortsOf({ architectures, moves }: EvolutionSpec): readonly Path[] {
  const builds = Object.entries(architectures ?? {}).filter(([, { effort }]) => effort !== undefined);
  const changes = (moves ?? []).flatMap(({ effort }, at) => (effort === undefined ? [] : [["moves", at, "effort"]]));
  return [...builds.map(([name]): Path => ["architectures", name, "effort"]), ...changes];
}
