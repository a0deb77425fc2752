import type { Rate } from "../catalog/rate.ts";
import type { GraphBuilder } from "../formula/builder.ts";
import type { MeterUse } from "./component-task.ts";

/** One future line item: nodes of its figures. */
export type LinkedLine = {
  readonly use: MeterUse;
  readonly rate: Rate;
  readonly kind: "usage" | "retries" | "commitment" | "stated";
  readonly tier: number;
  /** list price, USD per pricing unit */
  readonly price: number;
  /** usage before free allowances, pricing units a month */
  readonly consumed: number;
  readonly quantity: number;
  readonly list: number;
  readonly contracted: number;
  readonly effective: number;
};

/** A share of a pool: a meter use, or the part of it that retries cause. */
export type Member = {
  readonly use: MeterUse;
  readonly rate: Rate;
  readonly kind: "usage" | "retries";
  /** pricing units a month, before free allowances */
  readonly consumed: number;
  /** after committed usage */
  readonly paid: number;
  /** after free allowances too */
  readonly net: number;
};

/** Splits a meter use into first tries and retries, where attempts differ from one. */
export function triesOf(
  builder: GraphBuilder,
  use: MeterUse,
): readonly { kind: "usage" | "retries"; quantity: number }[] {
  if (use.quantity === use.firstTries) return [{ kind: "usage", quantity: use.quantity }];
  return [
    { kind: "usage", quantity: use.firstTries },
    { kind: "retries", quantity: builder.op("sub", use.quantity, use.firstTries) },
  ];
}

/**
 * What is left of each quantity when an allowance is taken off their sum; each gives up the same share.
 * @param allowance node: pricing units a month
 */
export function afterAllowance(
  builder: GraphBuilder,
  quantities: readonly number[],
  allowance: number,
): readonly number[] {
  const zero = builder.constant(0);
  const [only] = quantities;
  if (only !== undefined && quantities.length === 1)
    return [builder.op("max", zero, builder.op("sub", only, allowance))];
  const total = sum(builder, quantities);
  const left = builder.op("max", zero, builder.op("sub", total, allowance));
  return quantities.map((quantity) => shareOf(builder, left, quantity, total));
}

/**
 * Cost of the members of one pool under graduated tiers: each slice of the pooled quantity is billed at its own price,
 * and shared out by quantity. What is free lies at the beginning: it fills the lowest tiers and moves no edge.
 * @param used node: pricing units that the organisation already uses of the tiers elsewhere
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/useconsolidatedbilling-discounts.html
 */
export function poolLines(
  builder: GraphBuilder,
  members: readonly Member[],
  used: number,
  discountOf: (use: MeterUse) => number,
): readonly LinkedLine[] {
  const total = sum(
    builder,
    members.map((member) => member.paid),
  );
  const charged = sum(
    builder,
    members.map((member) => member.net),
  );
  const upTo = builder.op("add", total, used);
  const [first] = members;
  if (first === undefined) return [];
  // From the end, so that no noise is billed where all is free.
  const from = members.every(({ paid, net }) => paid === net) ? used : builder.op("sub", upTo, charged);
  const lines = members.flatMap((member) =>
    member.rate.tiers.map((tier, index): LinkedLine => {
      const address = `price:${member.rate.service}#${member.rate.key}@${member.rate.region}/${index}`;
      const rated = builder.input(address, Number(tier.price));
      const { priceShare } = member.use;
      const price = priceShare === undefined ? rated : builder.op("mul", rated, priceShare);
      const slice = tierSlice(builder, upTo, from, tier);
      const quantity = members.length === 1 ? slice : shareOf(builder, slice, member.net, charged);
      const list = builder.op("mul", quantity, price);
      const contracted = builder.op("mul", list, builder.constant(1 - discountOf(member.use)));
      const consumed = index === 0 ? member.consumed : quantity;
      const { use, rate, kind } = member;
      return { use, rate, kind, tier: index, price, consumed, quantity, list, contracted, effective: contracted };
    }),
  );
  return lines.map((line) => (line.tier === 0 ? { ...line, consumed: consumedFirst(builder, line, lines) } : line));
}

/** What is consumed counts once: the first tier's line has all that lies in no later tier, what is free too. */
function consumedFirst(builder: GraphBuilder, first: LinkedLine, lines: readonly LinkedLine[]): number {
  const later = lines.filter(({ use, kind, tier }) => use === first.use && kind === first.kind && tier > 0);
  if (later.length === 0) return first.consumed;
  const beyond = sum(
    builder,
    later.map(({ quantity }) => quantity),
  );
  return builder.op("max", builder.constant(0), builder.op("sub", first.consumed, beyond));
}

/** The part of [from, upTo) that lies in a tier. */
function tierSlice(
  builder: GraphBuilder,
  upTo: number,
  from: number,
  tier: { readonly from: number; readonly to: number },
): number {
  const fixed = builder.constantValue(from);
  if (fixed !== undefined && tier.to <= fixed) return builder.constant(0);
  const lower = builder.op("max", from, builder.constant(tier.from));
  const capped = builder.op("min", upTo, builder.constant(tier.to));
  return builder.op("max", builder.constant(0), builder.op("sub", capped, lower));
}

/** The part of a whole that stands to it as `part` to `total`; 0 where there is no total. */
export function shareOf(builder: GraphBuilder, whole: number, part: number, total: number): number {
  const zero = builder.constant(0);
  const scaled = builder.op("mul", whole, builder.op("div", part, total));
  return builder.op("if", builder.op("lt", zero, total), scaled, zero);
}

export function sum(builder: GraphBuilder, nodes: readonly number[]): number {
  return nodes.reduce((total, node) => builder.op("add", total, node), builder.constant(0));
}
