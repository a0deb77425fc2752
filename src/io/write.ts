import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export type OutputFile = { readonly path: string; readonly data: string | Uint8Array };

/** What a shell makes of a program that Ctrl-C has stopped. */
const INTERRUPTED = 130;

const pending = new Set<string>();

/**
 * Writes files whole or not at all: each to a temporary name beside its place first, then all are renamed.
 * A kill in between leaves the old file or the new one.
 */
export function writeFiles(files: readonly OutputFile[]): void {
  interruptAfterwards();
  const staged = files.map(({ path, data }, index) => {
    mkdirSync(dirname(path), { recursive: true });
    const temporary = join(dirname(path), `.archcost-${process.pid}-${index}.tmp`);
    pending.add(temporary);
    writeFileSync(temporary, data, { flush: true });
    return { temporary, path };
  });
  for (const { temporary, path } of staged) {
    renameSync(temporary, path);
    pending.delete(temporary);
  }
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
