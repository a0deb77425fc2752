import type { Catalog } from "../catalog/catalog.ts";
import type { QuotaNodes } from "../model/quota-nodes.ts";
import type { LinkedQuota } from "./quota.ts";

/** What of a limit does not depend on figures. */
export function quotaWords(linked: LinkedQuota, catalog: Catalog): QuotaNodes["words"] {
  const { quota, service } = linked;
  const source = catalog.source(service.split("/")[0] ?? "", linked.source);
  return {
    quota: linked.id,
    title: quota.title,
    code: quota.code ?? null,
    kind: quota.kind,
    scope: quota.scope,
    region: linked.region,
    account: linked.account,
    unit: linked.unit.text,
    adjustable: quota.adjustable || linked.through.length > 0,
    // A quota with a code of its own can be asked for by itself.
    raised_through:
      quota.adjustable && quota.code !== undefined ? [] : linked.through.map((name) => `${service}/${name}`),
    effect: quota.on_exceed === "none" ? "slow" : quota.on_exceed,
    behaviour: quota.behaviour ?? null,
    as_of: linked.from,
    assumed: linked.assumed,
    evidence: linked.evidence ?? null,
    source: source?.title ?? linked.source,
    source_url: source?.url ?? (/^https?:/.test(linked.source) ? linked.source : null),
  };
}
