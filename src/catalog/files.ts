import type { Place, Span } from "../diagnostic/diagnostic.ts";
import type { TableView } from "../formula/value.ts";
import type { RatesFile, Regions, Service } from "./schema.ts";

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
  /** every YAML file of the overlays: its path below the folder, without suffix, and its name for people */
  own(): readonly { readonly path: string; readonly file: string }[];
};

export type LoadedService = {
  readonly id: string;
  readonly data: Service;
  readonly file: string;
  /** shipped with the program, which no user can change */
  readonly builtIn: boolean;
  /** the place of a formula of the service, or of a span inside it */
  place(path: readonly string[], text: string, span?: Span): Place;
};

/** What is known of prices, as far as checks of a user's files ask. */
export type KnownPrices = {
  serviceIds(): readonly string[];
  service(id: string): LoadedService | undefined;
  table(provider: string, name: string): TableView | undefined;
  regions(provider: string): Regions["regions"];
  rateFiles(service: string, whose: "all" | "built-in"): readonly RatesFile[];
  ownFiles(): readonly { readonly path: string; readonly file: string }[];
};
