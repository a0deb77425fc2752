// Bytes in and out of an open file, pipe or terminal, all of them or an error.
import { readSync, writeSync } from "node:fs";
import { codeOf } from "./reasons.ts";

/** How long to wait for a pipe that somebody has set not to block. */
const WAIT_MS = 5;

/** Repeats while the other end of a pipe is not ready. */
function whenReady(act: () => number): number {
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (codeOf(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}

/** Writes all of it: the system may take a part only, as a disk does that fills up. */
export function writeAll(descriptor: number, data: string | Uint8Array): void {
  const bytes = typeof data === "string" ? Buffer.from(data, "utf8") : data;
  for (let done = 0; done < bytes.length; ) {
    const from = done;
    done += whenReady(() => writeSync(descriptor, bytes, from, bytes.length - from));
  }
}

/** Bytes that are read at a time where the size is not known. */
const CHUNK = 65_536;

/**
 * Reads to the end, or until there is more than `most` bytes.
 * @param size what the file is said to hold, so that it is read at once
 * @returns undefined where there is more
 */
export function readUpTo(descriptor: number, most: number, size = 0): Uint8Array | undefined {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.min(most, Math.max(size, CHUNK)) + 1);
    const read = whenReady(() => readSync(descriptor, chunk, 0, chunk.length, null));
    if (read === 0) return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    length += read;
    if (length > most) return undefined;
    chunks.push(chunk.subarray(0, read));
  }
}
