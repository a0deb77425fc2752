// Links. A pull request may hold some: what they lead to would show in messages, or be written over.
import { existsSync, lstatSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** Places of the system's own, full of links that no pull request can plant. */
const SYSTEM = /^\/(?:dev|proc)\//;

export function isSystemPlace(path: string): boolean {
  return SYSTEM.test(resolve(path));
}

/** A path below a folder, links followed; undefined when it leaves the folder, leads into `.git` or does not exist. */
export function contained(folder: string, path: string): string | undefined {
  return isAbsolute(path) ? undefined : containedAnyway(folder, path);
}

/** The same for a path that may be absolute: one typed on the command line need not hold on another machine. */
export function containedAnyway(folder: string, path: string): string | undefined {
  if (path.includes("\0")) return undefined;
  try {
    const root = realpathSync(folder);
    const real = realpathSync(resolve(root, path));
    return isBelow(root, real) && !hasGit(relative(root, real)) ? real : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Why a path is not followed, as words that go on from its name: by a link it leads out of the repository that it seems to be
 * in, or to where git keeps its own files, tokens among them. Without a repository the folder of the call, or else of the file,
 * stands for it.
 */
export function linkProblem(path: string): string | undefined {
  if (isSystemPlace(path)) return undefined;
  const file = resolve(path);
  try {
    const root = rootAround(dirname(file), dirname(file));
    const [home, real] = [realpathSync(root), realpathSync(file)];
    if (!isBelow(home, real)) return "is a link that leads out of the repository";
    const planted = hasGit(relative(home, real)) && !hasGit(relative(root, file));
    return planted ? "is a link that leads to git's own files" : undefined;
  } catch {
    // What does not exist is reported when it is read.
    return undefined;
  }
}

/**
 * The first folder on the way to a file to be written that is a link: within the repository, or below the folder of the call,
 * else from `folder` on, the one that was named to be written into.
 */
export function linkedFolder(path: string, folder: string): string | undefined {
  if (isSystemPlace(path)) return undefined;
  const last = dirname(resolve(path));
  let way = rootAround(last, dirname(resolve(folder)));
  for (const part of relative(way, last).split(sep)) {
    way = join(way, part);
    if (isLink(way)) return way;
  }
  return undefined;
}

/** The repository that a folder is in, else the folder of the call when it is below that, else `otherwise`. */
function rootAround(folder: string, otherwise: string): string {
  return repositoryOf(folder) ?? (isBelow(resolve("."), folder) ? resolve(".") : otherwise);
}

/** The innermost repository that a folder is in, but never one that only a link within another repository leads to. */
export function repositoryOf(start: string): string | undefined {
  let found: string | undefined;
  let linked = false;
  for (let folder = start; ; folder = dirname(folder)) {
    if ((found === undefined || linked) && existsSync(join(folder, ".git"))) {
      found = folder;
      linked = false;
    }
    linked ||= isLink(folder);
    if (folder === dirname(folder)) return found;
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

function hasGit(way: string): boolean {
  return way.split(sep).some((part) => part.toLowerCase() === ".git");
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
