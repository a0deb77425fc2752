// Standard input and output. Node's own streams drop what a full disk has not taken, and say nothing.
import { isatty } from "node:tty";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { writeAll } from "./descriptor.ts";
import { codeOf, writingProblem } from "./reasons.ts";

const [OUT, ERROR] = [1, 2];

/** Who reads our output has had enough, as `head` has: no message, but what was written is not complete. */
export class ReaderGone extends Error {}

/** Throws InputError where not all could be written, ReaderGone where nobody reads any more. */
function writeOut(text: string): void {
  try {
    writeAll(OUT, text);
  } catch (error) {
    if (codeOf(error) === "EPIPE") throw new ReaderGone();
    const problems = new Problems();
    problems.error("unwritable", `standard output ${writingProblem(error)}`);
    throw new InputError(problems.list);
  }
}

/** What cannot be said on standard error cannot be said at all; the exit code stays. */
function writeError(text: string): void {
  try {
    writeAll(ERROR, text);
  } catch {}
}

/** The streams and the environment of this process, as commands want them. */
export function standardStreams() {
  return {
    stdout: {
      write: writeOut,
      isTTY: isatty(OUT),
      get columns(): number | undefined {
        return isatty(OUT) ? process.stdout.columns : undefined;
      },
    },
    stderr: { write: writeError, isTTY: isatty(ERROR) },
    get stdin() {
      return process.stdin;
    },
    env: process.env,
    cwd: () => process.cwd(),
  };
}
