// How far a long run is: on stderr, and only where somebody looks.
import { type Io, ticks } from "./process.ts";

/** Runs that end sooner say nothing. */
const PATIENCE_MS = 500;

/**
 * Reports shares of what is done, on a terminal in one line that is cleared at the end; with `asked` elsewhere too, in lines.
 * @returns undefined where nobody looks
 */
export function progressOf(what: string, asked: boolean, io: Io): ((done: number) => void) | undefined {
  const terminal = io.stderr.isTTY === true;
  if (!terminal && !asked) return undefined;
  const start = ticks();
  let shown = false;
  return (done) => {
    if (!asked && ticks() - start < PATIENCE_MS) return;
    if (done >= 1 && terminal) {
      if (shown) io.stderr.write(`\r${" ".repeat(what.length + 8)}\r`);
      return;
    }
    shown = true;
    const text = `${what}: ${Math.round(done * 100)} %`;
    io.stderr.write(terminal ? `\r${text}` : `${text}\n`);
  };
}
