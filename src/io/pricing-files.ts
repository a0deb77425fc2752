import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { contained } from "./links.ts";
import { isFolder, type ReadResult, readOwnFile, readUserFile } from "./read.ts";

type Text = {
  readonly file: string;
  readonly text: string;
  readonly format: "yaml" | "json";
  readonly problem?: string;
};

/** Reads the built-in pricing (compiled to JSON) and folders of the user's laid over it. */
export class PricingFiles {
  readonly #builtIn: string;
  readonly #overlays: readonly string[];
  #services: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(builtIn: string, overlays: readonly string[]) {
    this.#builtIn = builtIn;
    this.#overlays = overlays;
  }

  read(path: string): readonly Text[] {
    const texts: Text[] = [];
    const own = readOwnFile(join(this.#builtIn, `${path}.json`));
    if (own !== undefined) texts.push({ file: `pricing/${path}.yaml`, text: own, format: "json" });
    for (const overlay of this.#overlays) {
      const name = join(overlay, `${path}.yaml`);
      if (!isThere(name)) continue;
      const found = readContained(overlay, `${path}.yaml`);
      texts.push({ file: name, text: "", format: "yaml", ...found });
    }
    return texts;
  }

  services(): ReadonlyMap<string, readonly string[]> {
    this.#services ??= this.#index();
    return this.#services;
  }

  own(): readonly { readonly path: string; readonly file: string }[] {
    return this.#overlays.flatMap((overlay) =>
      yamlIn(overlay, "").map((path) => ({ path: path.slice(0, -".yaml".length), file: join(overlay, path) })),
    );
  }

  #index(): ReadonlyMap<string, readonly string[]> {
    const index = new Map<string, readonly string[]>();
    const own = readOwnFile(join(this.#builtIn, "index.json"));
    // Written by our own build: service id -> regions.
    const builtIn = own === undefined ? {} : (JSON.parse(own) as Record<string, readonly string[]>);
    for (const [id, regions] of Object.entries(builtIn)) index.set(id, regions);
    for (const overlay of this.#overlays) {
      for (const provider of folders(overlay, ".")) {
        for (const service of folders(overlay, provider).filter((name) => name !== "tables")) {
          const id = `${provider}/${service}`;
          const regions = names(overlay, join(provider, service, "rates")).flatMap((name) =>
            name.endsWith(".yaml") ? [name.slice(0, -5)] : [],
          );
          index.set(id, [...new Set([...(index.get(id) ?? []), ...regions])]);
        }
      }
    }
    return index;
  }
}

/** Files of prices in a folder and those in it, as deep as they may stand. */
function yamlIn(overlay: string, path: string, depth = 0): readonly string[] {
  const here = names(overlay, path === "" ? "." : path).filter((name) => name.endsWith(".yaml"));
  const below = depth === DEEPEST ? [] : folders(overlay, path === "" ? "." : path);
  return [
    ...here.map((name) => join(path, name)),
    ...below.flatMap((name) => yamlIn(overlay, join(path, name), depth + 1)),
  ];
}

/** provider/service/rates/region.yaml */
const DEEPEST = 3;

/** Links are followed within the overlay, and to files of prices: a name there may lead to anything else. */
function readContained(overlay: string, path: string): ReadResult {
  const file = contained(overlay, path);
  return file?.endsWith(".yaml") === true ? readUserFile(file) : { problem: "is a link to what is no file of prices" };
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}

function names(overlay: string, path: string): readonly string[] {
  const folder = contained(overlay, path);
  try {
    return folder === undefined ? [] : readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function folders(overlay: string, path: string): readonly string[] {
  return names(overlay, path).filter((name) => /^[a-z0-9-]+$/.test(name) && isFolder(join(overlay, path, name)));
}
