import { closeSync, fstatSync, openSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readUpTo } from "./descriptor.ts";
import { linkProblem } from "./links.ts";
import { readingProblem } from "./reasons.ts";

export const MAX_FILE_BYTES = 1_048_576;
const STANDARD_INPUT = 0;

export type ReadResult = { readonly text: string } | { readonly problem: string };

/**
 * Reads a file a user named; larger than 1 MB (or `most` bytes), a folder, or a link that a pull request may have planted is
 * refused in words.
 */
export function readUserFile(path: string, most: number = MAX_FILE_BYTES): ReadResult {
  const problem = linkProblem(path);
  if (problem !== undefined) return { problem };
  let descriptor: number | undefined;
  try {
    // As it was looked at: the system itself would take `link/..` for the parent of what the link leads to.
    descriptor = openSync(resolve(path), "r");
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return { problem: "is a folder, not a file" };
    return readText(descriptor, most, stat.size);
  } catch (error) {
    return { problem: readingProblem(error) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** All of standard input, up to a limit. */
export function readStandardInput(most: number = MAX_FILE_BYTES): ReadResult {
  try {
    return readText(STANDARD_INPUT, most, 0);
  } catch (error) {
    return { problem: readingProblem(error) };
  }
}

function readText(descriptor: number, most: number, size: number): ReadResult {
  const bytes = readUpTo(descriptor, most, size);
  if (bytes === undefined) return { problem: `is larger than ${most / MAX_FILE_BYTES} MB` };
  return { text: new TextDecoder("utf-8").decode(bytes) };
}

export function folderOf(file: string): string {
  return dirname(resolve(file));
}

/** A folder with its links followed; one that is not there stays as it is written. */
export function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return resolve(folder);
  }
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
