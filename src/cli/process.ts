import { existsSync } from "node:fs";
import { join } from "node:path";
import { inLine } from "../result/harmless.ts";

/** What a command may touch of the world: Node's `process` is one, tests make another. */
export type Io = {
  readonly stdout: {
    write(text: string): unknown;
    /** lines for the runner of a forge, such as annotations; all else is text that it must not act on */
    commands?(text: string): unknown;
    readonly isTTY?: boolean | undefined;
    readonly columns?: number | undefined;
  };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean | undefined };
  readonly stdin?: (NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined }) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
};

export const EXIT = { fine: 0, broken: 1, input: 2, fault: 70 } as const;

// Beside the bundled program, or in the build's output when it runs from its sources.
const HERE = import.meta.dirname;

/** A folder that the build makes: `pricing`, `fonts`. */
export function builtFolder(name: string): string {
  const beside = join(HERE, name);
  return existsSync(beside) ? beside : join(HERE, "..", "..", "dist", name);
}

/** Today as an ISO date in UTC; ARCHCOST_TODAY fixes it, so that output can be reproduced. */
export function today(io: Io): string {
  const fixed = io.env["ARCHCOST_TODAY"];
  if (fixed !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(fixed)) return fixed;
  return new Date().toISOString().slice(0, 10);
}

/** Milliseconds of a clock that only says how long something takes. */
export function ticks(): number {
  return performance.now();
}

/** What was written where, for standard error. */
export function wroteLine(files: readonly { readonly path: string }[]): string {
  return `wrote ${files.map(({ path }) => inLine(path)).join(", ")}\n`;
}

export function wantsColor(io: Io): boolean {
  if (io.env["NO_COLOR"] !== undefined && io.env["NO_COLOR"] !== "") return false;
  if (io.env["FORCE_COLOR"] !== undefined && io.env["FORCE_COLOR"] !== "0") return true;
  return io.stdout.isTTY === true && io.env["TERM"] !== "dumb";
}
