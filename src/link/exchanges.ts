import type { Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import type { Exchange } from "../model/beside-nodes.ts";
import type { ResolvedArchitecture, ResolvedComponent, Scenario } from "../scenario/read.ts";

const KEYS = ["called_by", "calls_to", "reads_from", "writes_to"] as const;

/** What the components of an architecture tell of each other. Names that are not there are stated. */
export function linkExchanges(
  { name, components }: ResolvedArchitecture,
  { source }: Scenario,
  problems: Problems,
): readonly Exchange[] {
  const known = components.map((component) => component.name);
  const exchanges: Exchange[] = [];
  for (const component of components) {
    for (const key of KEYS) {
      for (const { other, path } of namedIn(component, key)) {
        if (known.includes(other) && other !== component.name) exchanges.push(...between(component.name, key, other));
        // `called_by` is checked where attempts are linked.
        else if (key !== "called_by") {
          const message = other === component.name ? `"${other}" names itself` : `no component "${other}" in "${name}"`;
          const near = other === component.name ? undefined : suggest(other, known);
          const hint = near === undefined ? `components: ${known.join(", ")}` : `did you mean "${near}"?`;
          problems.error("unknown-component", message, source.place(path), hint);
        }
      }
    }
  }
  return exchanges;
}

function namedIn({ spec, path }: ResolvedComponent, key: (typeof KEYS)[number]) {
  const written = spec[key];
  if (typeof written === "string") return [{ other: written, path: path(key) }];
  if (!Array.isArray(written)) return [];
  return written.map((other, at) => ({ other: String(other), path: [...path(key), at] }));
}

function between(own: string, key: (typeof KEYS)[number], other: string): readonly Exchange[] {
  const out = { from: own, to: other };
  const back = { from: other, to: own };
  if (key === "writes_to") return [out];
  return key === "reads_from" ? [back] : [out, back];
}
