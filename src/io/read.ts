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
  try {
    return { text: UTF8.decode(bytes) };
  } catch {
    const at = firstInvalid(bytes);
    const line = bytes.subarray(0, at).reduce((count, byte) => (byte === LINE_FEED ? count + 1 : count), 1);
    const byte = `0x${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0")}`;
    return { problem: `is not UTF-8: byte ${byte} at offset ${at}, in line ${line} (save it as UTF-8)` };
  }
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const LINE_FEED = 0x0a;
/** Bytes of the longest character. */
const LONGEST = 4;

/** Offset of the first byte that is no part of a character. */
function firstInvalid(bytes: Uint8Array): number {
  const fails = (length: number, stream: boolean): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), { stream });
      return false;
    } catch {
      return true;
    }
  };
  // The shortest beginning that nothing behind it can make good; all of it where the last character is cut off.
  let [good, bad] = [0, bytes.length];
  while (good + 1 < bad) {
    const middle = Math.floor((good + bad) / 2);
    if (fails(middle, true)) bad = middle;
    else good = middle;
  }
  // The character may have begun before the byte that does not go on with it.
  const starts = Array.from({ length: LONGEST }, (_, i) => bad - 1 - i);
  return starts.find((start) => start >= 0 && !fails(start, false)) ?? 0;
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
