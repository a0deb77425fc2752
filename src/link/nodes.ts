// What is linked, as plain data: words for people, and nodes of the graph. The way out of `link/`.
import type { Catalog } from "../catalog/catalog.ts";
import type { Rate } from "../catalog/rate.ts";
import type { ArchitectureNodes, ComponentNodes, WrittenComponent } from "../model/architecture-nodes.ts";
import type { EnvironmentNodes, OverheadsNodes } from "../model/beside-nodes.ts";
import type { LineNodes } from "../model/line-nodes.ts";
import type { QuotaNodes } from "../model/quota-nodes.ts";
import type { ResolvedComponent, Scenario } from "../scenario/read.ts";
import type { Member } from "./architecture.ts";
import { notCounted } from "./completeness.ts";
import type { LinkedDesign } from "./design.ts";
import type { LinkedEnvironment } from "./environment.ts";
import { lineWords } from "./line-words.ts";
import type { LinkedLine } from "./lines.ts";
import type { LinkedOverheads } from "./overheads.ts";
import type { LinkedQuota } from "./quota.ts";
import { quotaWords } from "./quota-words.ts";

export type NodesTask = {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly priceDay: string;
  /** index of a rate in the price book of the model */
  readonly priceOf: (rate: Rate) => number;
  /** whether free allowances that the scenario does not mention are looked at */
  readonly allowances: boolean;
};

/** An architecture as the model holds it. */
export function designNodes(design: LinkedDesign, task: NodesTask): ArchitectureNodes {
  const { name, spec, lines, checks, overheads, qualities, operations, exchanges, cost, list } = design;
  const { left, warnings } = notCounted(design);
  return {
    name,
    title: spec.title,
    components: design.members.map((member) => componentNodes(member, design, task)),
    written: spec.components.map(writtenComponent),
    lines: lines.map((line) => lineNodes(line, task)),
    quotas: design.quotas.map((quota) => quotaNodes(quota, task)),
    checks,
    overheads: overheads === undefined ? undefined : overheadsNodes(overheads),
    qualities: { metrics: qualities.metrics, objectives: qualities.objectives },
    operations,
    exchanges,
    cost,
    list,
    uncounted: task.allowances ? design.uncounted() : undefined,
    notices: noticesOf(design, task),
    notCounted: left,
    warnings,
  };
}

function componentNodes(
  { spec, environment, actual }: Member,
  design: LinkedDesign,
  { scenario }: NodesTask,
): ComponentNodes {
  const linked = design.components.find((component) => component.name === spec.name);
  const { title, account, service } = spec.spec;
  return {
    name: spec.name,
    words: {
      service: String(service),
      title: typeof title === "string" ? title : (linked?.service.data.title ?? spec.name),
      region: linked?.region ?? scenario.data.region,
      ...(environment === undefined ? {} : { environment }),
      ...(typeof account === "string" ? { account } : {}),
    },
    count: linked?.count.node,
    size: linked?.size,
    actual,
    place: scenario.source.place(spec.path("service")),
  };
}

const TRAITS = ["team", "scales_with", "security"] as const;

function writtenComponent({ name, spec }: ResolvedComponent): WrittenComponent {
  const traits = TRAITS.flatMap((trait) => {
    const value = spec[trait];
    return typeof value === "string" && value.trim() !== "" ? [[trait, value.trim()] as const] : [];
  });
  return { name, traits: Object.fromEntries(traits) };
}

function lineNodes(line: LinkedLine, { priceOf }: NodesTask): LineNodes {
  const { use, rate, price, consumed, quantity, list, contracted, effective } = line;
  const share = use.meter.price_share;
  return {
    words: lineWords(line),
    price,
    consumed,
    quantity,
    list,
    contracted,
    effective,
    meter: {
      title: use.meter.title,
      quantity: use.quantity,
      ...(use.hourly === undefined ? {} : { hourly: use.hourly }),
      ...(share === undefined ? {} : { priceShare: String(share) }),
      place: use.place,
      price: priceOf(rate),
    },
  };
}

function quotaNodes(linked: LinkedQuota, { catalog }: NodesTask): QuotaNodes {
  const { service, unit, quota, demand, existing, published, granted, grantedBucket, holds } = linked;
  return {
    words: quotaWords(linked, catalog),
    service,
    factor: unit.factor,
    onExceed: quota.on_exceed,
    parts: linked.parts.map(({ component, demand: own, spans }) => ({ component, demand: own, spans })),
    demand,
    existing,
    published,
    granted,
    grantedBucket,
    holds,
  };
}

function overheadsNodes({ lines, total }: LinkedOverheads): OverheadsNodes {
  return {
    lines: lines.map(({ kind, title, account, base, existing, cost, formula, rate }) => ({
      words: {
        kind,
        title,
        account,
        formula,
        source: rate?.source ?? null,
        source_date: rate?.observed ?? null,
        price_status: rate?.status ?? "stated",
        note: rate?.note ?? null,
      },
      base,
      existing,
      cost,
    })),
    total,
  };
}

/** Environments as the model holds them; none where the scenario states none. */
export function environmentNodes(environments: readonly LinkedEnvironment[]): readonly EnvironmentNodes[] {
  return environments.flatMap(({ environment, load }) =>
    environment === undefined
      ? []
      : [{ name: environment.name, load: load?.load.node, schedule: environment.spec.schedule ?? null }],
  );
}

function noticesOf({ spec, components }: LinkedDesign, { priceDay }: NodesTask): readonly string[] {
  const services = new Set(components.map((component) => component.service));
  const theirs = [...services].flatMap((service) =>
    (service.data.notices ?? [])
      .filter((notice) => notice.from === undefined || notice.from <= priceDay)
      .map((notice) => `${service.data.title}: ${notice.text}`),
  );
  return [...(spec.note === undefined ? [] : [spec.note]), ...theirs];
}
