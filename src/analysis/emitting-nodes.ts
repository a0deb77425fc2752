import type { Model } from "../model/model.ts";

/** Nodes of the carbon (kg CO2e a month) of every architecture of which any energy is known. */
export function emittingNodes({
  carbon,
  architectures,
}: Model): readonly { readonly name: string; readonly node: number }[] {
  return architectures.flatMap(({ name }) => {
    const known = carbon?.architectures.find((each) => each.name === name);
    return known === undefined || known.lines.length === 0 ? [] : [{ name, node: known.total }];
  });
}
