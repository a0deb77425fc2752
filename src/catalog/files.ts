/**
 * One text of the catalog. Built-in pricing is compiled to JSON and trusted (it was checked when it was built);
 * overlays are YAML as people write it.
 */
export type CatalogText = {
  readonly file: string;
  readonly text: string;
  readonly format: "yaml" | "json";
  /** why it could not be read, as words that go on from its name; there is no text then */
  readonly problem?: string;
};

/**
 * What the catalog reads from: given a path without suffix below a pricing folder (`aws/lambda/service`),
 * the texts found there, the built-in first, overlays after it in order.
 */
export type CatalogFiles = {
  read(path: string): readonly CatalogText[];
  /** service ids (`aws/lambda`) with the regions that have rates */
  services(): ReadonlyMap<string, readonly string[]>;
};
