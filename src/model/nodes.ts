import type { ArchitectureNodes } from "./architecture-nodes.ts";
import type { CarbonNodes } from "./carbon-nodes.ts";
import { lineFigureNodes } from "./line-nodes.ts";
import type { Model } from "./model.ts";

/** Every node that a figure of a result, or a plan, is made of; none of them is an instant. */
export function nodesOf({ architectures, definitions, environments, evolution, workload, carbon }: Model): number[] {
  return [
    workload.work.node,
    workload.driverNode,
    ...environments.flatMap(({ load }) => load ?? []),
    ...architectures.flatMap(architectureNodes),
    ...definitions.flatMap(({ node }) => node ?? []),
    ...(evolution?.figures ?? []).map(({ node }) => node),
    ...(carbon?.architectures ?? []).flatMap(carbonNodes),
  ];
}

function architectureNodes(architecture: ArchitectureNodes): number[] {
  const { cost, list, uncounted, checks, components, lines, quotas, overheads, qualities, operations } = architecture;
  const { hours, rate } = operations;
  return [
    ...[cost, list, rate, ...(uncounted === undefined ? [] : [uncounted])],
    ...(hours === undefined ? [] : [hours.low, hours.typical, hours.high]),
    ...[...checks, ...qualities.metrics, ...qualities.objectives].map(({ node }) => node),
    ...components.flatMap(({ count, size }) => [count ?? [], size ?? []].flat()),
    ...lines.flatMap((line) => [line.meter.quantity, ...lineFigureNodes(line)]),
    ...quotas.flatMap(({ demand, existing, published, granted, grantedBucket, parts }) => [
      ...[demand, existing, published, granted, ...(grantedBucket === undefined ? [] : [grantedBucket])],
      ...parts.flatMap((part) => [part.demand, ...(part.spans === undefined ? [] : [part.spans])]),
    ]),
    ...(overheads === undefined
      ? []
      : [overheads.total, ...overheads.lines.flatMap(({ base, existing, cost: own }) => [base, existing, own])]),
  ];
}

/** Every node of an architecture's carbon. */
export function carbonNodes({ energy, operational, embodied, total, water, market, lines }: CarbonNodes): number[] {
  return [
    ...[energy, operational, embodied, total],
    ...[water, market].filter((node) => node !== undefined),
    ...lines.flatMap((line) => Object.values(line.nodes)),
  ];
}
