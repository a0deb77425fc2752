type WrittenTier = { readonly from: number | string; readonly to: number | string };

/** The upper edge of a tier; `inf` is none. */
export function upperEdge({ to }: Pick<WrittenTier, "to">): number {
  return to === "inf" ? Number.POSITIVE_INFINITY : edgeOf(to);
}

/**
 * Why tiers do not give every quantity from 0 on exactly one price, with the index of the tier: what no tier has would be
 * billed at nothing, what two have twice.
 */
export function tierFaults(tiers: readonly WrittenTier[]): readonly { index: number; message: string }[] {
  const last = tiers.length - 1;
  return tiers.flatMap((tier, index) => {
    const messages = [...faultsOf(tier, tiers[index - 1])];
    if (index === last && messages.length === 0 && upperEdge(tier) !== Number.POSITIVE_INFINITY)
      messages.push(`the last tier ends at ${tier.to}: it is to end at inf`);
    return messages.map((message) => ({ index, message }));
  });
}

function faultsOf(tier: WrittenTier, before: WrittenTier | undefined): readonly string[] {
  const [from, to] = [edgeOf(tier.from), upperEdge(tier)];
  if (Number.isNaN(from) || Number.isNaN(to))
    return [`a tier runs from a number to a number or inf, this one from ${tier.from} to ${tier.to}`];
  const start = before === undefined ? 0 : upperEdge(before);
  const faults: string[] = [];
  if (before === undefined && from !== 0) faults.push(`tiers begin at ${tier.from}, not at 0`);
  else if (start < from) faults.push(`a gap in the tiers between ${before?.to} and ${tier.from}`);
  else if (start > from) faults.push(`tiers overlap between ${tier.from} and ${before?.to}`);
  if (to <= from) faults.push(`a tier ends (${tier.to}) before it begins (${tier.from})`);
  return faults;
}

/** Not every text that a number can be made of is one: an empty one is no 0. */
function edgeOf(written: number | string): number {
  return String(written).trim() === "" ? Number.NaN : Number(written);
}
