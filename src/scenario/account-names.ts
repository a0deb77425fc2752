import type { Problems } from "../diagnostic/diagnostic.ts";
import type { Path, YamlSource } from "../yaml/source.ts";
import { nearOrAll, type ResolvedArchitecture } from "./architecture.ts";
import type { ScenarioData } from "./schema.ts";

/**
 * Reports accounts that nothing else names: of components where the scenario lists accounts, of a support plan and of existing
 * spend where any account is known. A plan on a misspelt account would cost nothing without a word.
 * @returns whether all are known
 */
export function checkAccountNames(
  data: ScenarioData,
  architectures: ReadonlyMap<string, ResolvedArchitecture>,
  source: YamlSource,
  problems: Problems,
): boolean {
  const listed = Object.keys(data.accounts ?? {});
  const given = accountsGiven(data, architectures);
  const known = listed.length > 0 ? listed : [...new Set(given.map(({ name }) => name))];
  const spend = data.existing?.spend;
  const asked = [
    ...(data.overheads?.support?.accounts ?? []).map((name, at) => ({
      name,
      path: ["overheads", "support", "accounts", at],
    })),
    ...(typeof spend === "object" ? Object.keys(spend) : []).map((name) => ({
      name,
      path: ["existing", "spend", name],
    })),
  ];
  const unknown = [
    ...given.filter(({ name }) => listed.length > 0 && !listed.includes(name)).map((of) => ({ ...of, from: listed })),
    ...asked.filter(({ name }) => known.length > 0 && !known.includes(name)).map((of) => ({ ...of, from: known })),
  ];
  const reported = new Set<string>();
  for (const { name, path, from } of unknown) {
    // Architectures share what they inherit: once is enough.
    const place = source.place(path);
    const key = JSON.stringify(place.span);
    if (reported.has(key)) continue;
    reported.add(key);
    problems.error("unknown-account", `no account "${name}"`, place, nearOrAll(name, from));
  }
  return unknown.length === 0;
}

type Given = { readonly name: string; readonly path: Path };

/** Accounts that components name for themselves, in architectures and in environments. */
function accountsGiven(data: ScenarioData, architectures: ReadonlyMap<string, ResolvedArchitecture>): readonly Given[] {
  const own = [...architectures.values()].flatMap(({ components }) =>
    components.map(({ spec, path }) => ({ name: spec["account"], path: path("account") })),
  );
  const inEnvironments = Object.entries(data.environments ?? {}).flatMap(([environment, { components }]) =>
    Object.entries(components ?? {}).map(([component, spec]) => ({
      name: spec?.["account"],
      path: ["environments", environment, "components", component, "account"],
    })),
  );
  return [...own, ...inEnvironments].flatMap(({ name, path }) => (typeof name === "string" ? [{ name, path }] : []));
}
