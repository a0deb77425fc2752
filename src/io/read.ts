import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

export const MAX_FILE_BYTES = 1_048_576;

export type ReadResult = { readonly text: string } | { readonly problem: string };

/** Reads a file a user named; larger than 1 MB (or `most` bytes), a folder or a device is refused in words. */
export function readUserFile(path: string, most: number = MAX_FILE_BYTES): ReadResult {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (error) {
    return { problem: reason(error, path) };
  }
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return { problem: "is a folder, not a file" };
    // A pipe or a device tells no size: room for one byte more than is allowed.
    const room = stat.isFile() ? Math.min(stat.size, most) + 1 : most + 1;
    const buffer = Buffer.allocUnsafe(room);
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, buffer, length, buffer.length - length, null);
      if (read === 0) break;
      length += read;
      if (length > most || length === room) return { problem: `is larger than ${most / MAX_FILE_BYTES} MB` };
    }
    return { text: new TextDecoder("utf-8").decode(buffer.subarray(0, length)) };
  } catch (error) {
    return { problem: reason(error, path) };
  } finally {
    closeSync(descriptor);
  }
}

function reason(error: unknown, path: string): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ENOENT":
      return "does not exist";
    case "EACCES":
    case "EPERM":
      return "may not be read";
    case "EISDIR":
      return "is a folder, not a file";
    default:
      return `cannot be read (${code === "" ? path : code})`;
  }
}

/** A path below a folder, links followed; undefined when it leaves the folder or does not exist. */
export function contained(folder: string, path: string): string | undefined {
  if (isAbsolute(path) || path.includes("\0")) return undefined;
  try {
    const root = realpathSync(folder);
    const real = realpathSync(resolve(root, path));
    return isBelow(root, real) ? real : undefined;
  } catch {
    return undefined;
  }
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Whether a path leads out of the repository that it seems to be in, by a link: a pull request may hold links, and what they
 * lead to would show in messages. Without a repository the folder of the call, or else of the file, stands for it.
 */
export function leadsOut(path: string): boolean {
  const file = resolve(path);
  const start = isBelow(resolve("."), file) ? resolve(".") : dirname(file);
  try {
    return !isBelow(realpathSync(repositoryOf(start) ?? start), realpathSync(file));
  } catch {
    // What does not exist is told when it is read.
    return false;
  }
}

function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryOf(parent);
}

export function folderOf(file: string): string {
  return dirname(resolve(file));
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Reads a file of our own installation; absent is undefined. */
export function readOwnFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
