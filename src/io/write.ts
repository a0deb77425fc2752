import {
  appendFileSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { writeAll } from "./descriptor.ts";
import { isSystemPlace, linkedFolder } from "./links.ts";
import { realFolder } from "./read.ts";
import { codeOf, writingProblem } from "./reasons.ts";

export type WholeFile = { readonly path: string; readonly data: string | Uint8Array };

export type OutputFile = {
  readonly path: string;
  /** parts in turn are written as they come: a file may be larger than memory, and throws where a part cannot be made */
  readonly data: string | Uint8Array | Iterable<string>;
};

/** What a shell makes of a program that Ctrl-C has stopped. */
const INTERRUPTED = 130;

const pending = new Set<string>();

/**
 * Writes files whole or not at all: each to a temporary name beside its place first, then all are renamed.
 * A kill in between leaves the old file or the new one, and temporary files that the next run removes.
 * Throws InputError with every place that cannot be written; then none is.
 * @param folder what was named to be written into; by default the folder of each file
 */
export function writeFiles(files: readonly OutputFile[], folder?: string): void {
  interruptAfterwards();
  const problems = new Problems();
  refuseSamePlace(files);
  for (const path of new Set(files.map((file) => dirname(file.path)))) prepare(path, folder ?? path, problems);
  stopAt(problems);
  const staged: { readonly temporary: string | undefined; readonly file: OutputFile }[] = [];
  for (const file of files) {
    // The next file would find the same disk full.
    if (problems.hasErrors) break;
    attempt(file.path, problems, () => staged.push({ temporary: stage(file), file }));
  }
  stopAt(problems);
  for (const { temporary, file } of staged) attempt(file.path, problems, () => settle(temporary, file));
  stopAt(problems);
}

function stopAt(problems: Problems): void {
  if (!problems.hasErrors) return;
  discardPending();
  throw new InputError(problems.list);
}

/**
 * Throws InputError where the last of two outputs would take the place of the other.
 * @param outputs files or folders, and what each is written for
 */
export function refuseSamePlace(outputs: readonly { readonly path: string; readonly of?: string }[]): void {
  const problems = new Problems();
  const places = new Map<string, (typeof outputs)[number]>();
  for (const output of outputs) {
    if (isSystemPlace(output.path)) continue;
    const place = sameEverywhere(join(realFolder(dirname(output.path)), basename(output.path)));
    const other = places.get(place);
    places.set(place, output);
    if (other === undefined) continue;
    const paths = other.path === output.path ? output.path : `${other.path} and ${output.path}`;
    const message =
      other.of === undefined || output.of === undefined
        ? `two outputs go to one place: ${paths}`
        : `${other.of} and ${output.of} would both be written to ${paths}`;
    problems.error("same-output", message, undefined, "give each a place of its own");
  }
  stopAt(problems);
}

/** As systems compare names that tell apart the least: capital letters and the ways to write an accent are the same. */
function sameEverywhere(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

function attempt(path: string, problems: Problems, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) {
      discardPending();
      throw error;
    }
    problems.error("unwritable", `${path} ${writingProblem(error)}`);
  }
}

/** Makes a folder and takes away what killed runs have left in it. */
function prepare(path: string, folder: string, problems: Problems): void {
  const link = linkedFolder(join(path, "-"), folder);
  if (link === undefined) {
    attempt(path, problems, () => {
      makeFolder(resolve(path));
      removeLeft(path);
    });
    return;
  }
  const message = `${link} is a link: nothing is written through links`;
  problems.error("linked-output", message, undefined, `to write there, name the folder itself: ${realOf(link)}`);
}

/** With its parents. Node's own way reports a read-only file system as a folder that does not exist. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (path !== dirname(path)) makeFolder(dirname(path));
  mkdirSync(path);
}

function realOf(link: string): string {
  try {
    return realpathSync(link);
  } catch {
    return "it does not exist";
  }
}

const TEMPORARY = /^\.archcost-(\d+)-[0-9a-f-]+\.tmp$/;
const DAY_MS = 86_400_000;

/** Temporary files of processes that are gone; after a day of any: another one may have the number by then. */
function removeLeft(folder: string): void {
  for (const name of readdirSync(folder)) {
    const owner = TEMPORARY.exec(name)?.[1];
    const path = join(folder, name);
    if (owner === undefined || pending.has(path)) continue;
    removeOfGone(path, Number(owner), { recursive: false });
  }
}

/** Removes a temporary file or folder unless its process may still be at work. */
function removeOfGone(path: string, owner: number, options: { readonly recursive: boolean }): void {
  try {
    const old = Date.now() - lstatSync(path).mtimeMs > DAY_MS;
    if (old || owner === process.pid || !isAlive(owner)) rmSync(path, options);
  } catch {
    // Another run was faster, or it is another user's.
  }
}

/** A new folder for what this process needs for a while; those that killed ones have left are removed. */
export function temporaryFolder(purpose: string): string {
  const parent = realpathSync(tmpdir());
  const start = `archcost-${purpose}-`;
  for (const name of readdirSync(parent).filter((one) => one.startsWith(start) && !held.has(join(parent, one)))) {
    const owner = /^\d+(?=-)/.exec(name.slice(start.length));
    if (owner !== null) removeOfGone(join(parent, name), Number(owner[0]), { recursive: true });
  }
  const folder = mkdtempSync(join(parent, `${start}${process.pid}-`));
  held.add(folder);
  return folder;
}

/** Temporary folders of this process. */
const held = new Set<string>();

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** Writes a file under a temporary name that nobody else has; undefined where it is a device or a pipe. */
function stage({ path: name, data }: OutputFile): string | undefined {
  const path = resolve(name);
  const before = lstatSync(path, { throwIfNoEntry: false });
  if (isFolder(path, before)) throw Object.assign(new Error(), { code: "EISDIR" });
  if (isStream(path, before)) return undefined;
  const temporary = join(dirname(path), `.archcost-${process.pid}-${crypto.randomUUID()}.tmp`);
  // Exclusive: never through a link, never over what is there.
  const descriptor = openSync(temporary, "wx", before?.isFile() === true ? before.mode & 0o777 : 0o666);
  pending.add(temporary);
  try {
    writeParts(descriptor, data);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return temporary;
}

function isParts(data: OutputFile["data"]): data is Iterable<string> {
  return typeof data !== "string" && !(data instanceof Uint8Array);
}

function writeParts(descriptor: number, data: OutputFile["data"]): void {
  if (isParts(data)) for (const part of data) writeAll(descriptor, part);
  else writeAll(descriptor, data);
}

function isFolder(path: string, stat: Stats | undefined): boolean {
  return stat?.isSymbolicLink() === true
    ? statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    : stat?.isDirectory() === true;
}

/** What a file must not be put in place of: `/dev/null`, a pipe. */
function isStream(path: string, stat: Stats | undefined): boolean {
  return stat !== undefined && (isSystemPlace(path) || !(stat.isFile() || stat.isSymbolicLink()));
}

function settle(temporary: string | undefined, { path, data }: OutputFile): void {
  if (temporary === undefined) {
    const descriptor = openSync(path, "a");
    try {
      // A device or a pipe: nothing is taken back, so all of it is made first.
      writeParts(descriptor, isParts(data) ? [...data] : data);
    } finally {
      closeSync(descriptor);
    }
    return;
  }
  renameSync(temporary, resolve(path));
  pending.delete(temporary);
}

/** Adds text to a file of the forge's runner. Throws InputError. */
export function appendText(path: string, text: string): void {
  const problems = new Problems();
  attempt(path, problems, () => appendFileSync(path, text));
  stopAt(problems);
}

let guarded = false;

/** Ctrl-C stops the program at once; while files are written it stops after them, so that none of them is left half. */
function interruptAfterwards(): void {
  if (guarded) return;
  guarded = true;
  process.once("SIGINT", () => {
    // Who listens too ends the program by itself.
    if (process.listenerCount("SIGINT") === 0) process.exit(INTERRUPTED);
  });
}

/** Removes what an interrupted write has left; for use when the program is stopped. */
export function discardPending(): void {
  for (const temporary of pending) rmSync(temporary, { force: true });
  pending.clear();
}
