import type { ArchitectureNodes } from "../model/architecture-nodes.ts";
import type { LinkedComponent } from "./component-task.ts";
import type { LinkedDesign } from "./design.ts";

/** Companions in people's words. */
const WORDS: Readonly<Record<string, string>> = {
  logs: "logs",
  "data-transfer": "data transfer",
  nat: "NAT gateway",
  "public-ipv4": "public IPv4 addresses",
  "load-balancer": "load balancer",
  "instance-storage": "instance storage",
  "container-registry": "container registry",
  metrics: "metrics and alarms",
  backups: "backups",
  keys: "encryption keys",
};

/** The companions that a component is, or holds by what is written of it. */
function providedBy({ service, spec }: LinkedComponent): readonly string[] {
  const brought = Object.entries(service.data.provides_with).filter(([parameter]) => {
    const written = spec.spec[parameter];
    return written !== undefined && Number.parseFloat(String(written)) !== 0;
  });
  return [...service.data.provides, ...brought.flatMap(([, companions]) => companions)];
}

/**
 * What the bill of an architecture leaves out: what it says it omits, and companions of its services that it neither
 * holds nor omits (a warning).
 */
export function notCounted({ name, spec, components }: LinkedDesign): {
  readonly left: ArchitectureNodes["notCounted"];
  readonly warnings: readonly string[];
} {
  const provided = new Set(components.flatMap(providedBy));
  const wanted = new Map<string, string[]>();
  for (const component of components) {
    for (const companion of component.service.data.companions) {
      wanted.set(companion, [...(wanted.get(companion) ?? []), component.service.data.title]);
    }
  }
  const left: ArchitectureNodes["notCounted"] = [];
  const warnings: string[] = [];
  for (const [what, reason] of Object.entries(spec.omit)) left.push({ what: WORDS[what] ?? what, reason });
  for (const [companion, services] of wanted) {
    if (provided.has(companion) || Object.hasOwn(spec.omit, companion)) continue;
    const what = WORDS[companion] ?? companion;
    left.push({ what, reason: null });
    const of = [...new Set(services)].join(", ");
    warnings.push(
      `${name}: a bill with ${of} usually also holds ${what}; add a component or say omit: { ${companion}: "why" }`,
    );
  }
  return { left, warnings };
}
