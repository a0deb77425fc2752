import { harmless } from "../result/harmless.ts";
import { type Io, wantsColor } from "./process.ts";

/** The world as commands get it: whatever they write is harmless to a terminal and to a runner's log. */
export function harmlessIo(io: Io): Io {
  const coloured = wantsColor(io);
  const [onTerminal, errorsOnTerminal] = [io.stdout.isTTY, io.stderr.isTTY];
  return {
    stdout: {
      write: (text) => io.stdout.write(harmless(text, coloured)),
      commands: (text) => io.stdout.write(commands(text)),
      isTTY: onTerminal,
      get columns() {
        return io.stdout.columns;
      },
    },
    stderr: {
      write: (text) => io.stderr.write(errorsOnTerminal === true ? overwriting(text, coloured) : harmless(text, false)),
      isTTY: errorsOnTerminal,
    },
    get stdin() {
      return io.stdin;
    },
    env: io.env,
    cwd: () => io.cwd(),
  };
}

/** Writes lines that begin with `::` and are meant. */
export function writeCommands(io: Io, text: string): void {
  if (io.stdout.commands === undefined) io.stdout.write(text);
  else io.stdout.commands(text);
}

/** Lines that a runner is meant to act on: they begin with `::`, and the rest of each is harmless. */
function commands(text: string): string {
  return text
    .split("\n")
    .map((line) => (line.startsWith("::") ? `::${harmless(line.slice(2))}` : harmless(line)))
    .join("\n");
}

/** Progress goes back to the start of the line, before or after its text. */
function overwriting(text: string, coloured: boolean): string {
  const [, before = "", inside = "", after = ""] = /^(\r?)([\s\S]*?)(\r?)$/.exec(text) ?? [];
  return `${before}${harmless(inside, coloured)}${after}`;
}
