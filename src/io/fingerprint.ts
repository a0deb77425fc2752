import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Files of a folder that are looked at: a price folder has a few thousand at most. */
const MOST = 20_000;

/**
 * What says whether files have changed: it differs when one is written, replaced (as editors do), made or removed.
 * @param paths files, and folders with all that is in them; what is not there counts as absent
 */
export function fingerprint(paths: readonly string[]): string {
  return paths.flatMap((path) => marks(path)).join("\n");
}

function marks(path: string): readonly string[] {
  const own = mark(path);
  if (own === undefined) return [`${path} absent`];
  if (!own.folder) return [own.text];
  try {
    const inside = readdirSync(path, { recursive: true, encoding: "utf8" }).sort().slice(0, MOST);
    return inside.flatMap((name) => {
      const found = mark(join(path, name));
      return found === undefined || found.folder ? [] : [found.text];
    });
  } catch {
    return [`${path} not readable`];
  }
}

function mark(path: string): { readonly folder: boolean; readonly text: string } | undefined {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  // A rename brings another inode, often with the time of an older file.
  return { folder: stat.isDirectory(), text: `${path} ${stat.ino} ${stat.size} ${stat.mtimeNs}` };
}
