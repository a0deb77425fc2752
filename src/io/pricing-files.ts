import { readdirSync } from "node:fs";
import { join } from "node:path";
import { contained } from "./links.ts";
import { isFolder, MAX_FILE_BYTES, readOwnFile, readUserFile } from "./read.ts";

type Text = { readonly file: string; readonly text: string; readonly format: "yaml" | "json" };

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
      const file = contained(overlay, `${path}.yaml`);
      const found = file === undefined ? undefined : readUserFile(file);
      if (found === undefined) continue;
      const name = join(overlay, `${path}.yaml`);
      // A file that cannot be read is handed on too large to parse, so that the reader tells of it.
      const text = "text" in found ? found.text : "x".repeat(MAX_FILE_BYTES + 1);
      texts.push({ file: name, text, format: "yaml" });
    }
    return texts;
  }

  services(): ReadonlyMap<string, readonly string[]> {
    this.#services ??= this.#index();
    return this.#services;
  }

  #index(): ReadonlyMap<string, readonly string[]> {
    const index = new Map<string, readonly string[]>();
    const own = readOwnFile(join(this.#builtIn, "index.json"));
    // Written by our own build: service id -> regions.
    const builtIn = own === undefined ? {} : (JSON.parse(own) as Record<string, readonly string[]>);
    for (const [id, regions] of Object.entries(builtIn)) index.set(id, regions);
    for (const overlay of this.#overlays) {
      for (const provider of folders(overlay)) {
        for (const service of folders(join(overlay, provider))) {
          const id = `${provider}/${service}`;
          const regions = names(join(overlay, provider, service, "rates")).flatMap((name) =>
            name.endsWith(".yaml") ? [name.slice(0, -5)] : [],
          );
          index.set(id, [...new Set([...(index.get(id) ?? []), ...regions])]);
        }
      }
    }
    return index;
  }
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function folders(folder: string): readonly string[] {
  return names(folder).filter((name) => /^[a-z0-9-]+$/.test(name) && isFolder(join(folder, name)));
}
