// `run --watch`: renders again when a scenario or a price file changes, until it is stopped.
import { InputError } from "../diagnostic/diagnostic.ts";
import { renderDiagnostics } from "../diagnostic/render.ts";
import { fingerprint } from "../io/fingerprint.ts";
import { openInBrowser } from "../io/open.ts";
import { type WholeFile, writeFiles } from "../io/write.ts";
import { inLine } from "../result/harmless.ts";
import { EXIT, type Io, wantsColor, wroteLine } from "./process.ts";
import { startWatchServer, type WatchServer } from "./watch-server.ts";

/** What one run gives. */
export type Rendered = {
  readonly files: readonly WholeFile[];
  /** folders of prices that it read */
  readonly pricing: readonly string[];
};

export type WatchTask = {
  readonly scenarios: readonly string[];
  readonly pricing: readonly string[];
  readonly folder: string;
  readonly open: boolean;
  readonly quiet: boolean;
  /** computes and prints; throws InputError for what is wrong */
  readonly run: () => Promise<Rendered>;
};

const POLL_MS = 150;
/** Faults of the command line: no edit mends them. */
const FINAL = ["bad-option", "unreadable"];

/** Ends with an exit code when the program is stated to stop (Ctrl-C). Throws InputError for a wrong command line. */
export async function watch(task: WatchTask, io: Io): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  const server = await startWatchServer(task.folder);
  try {
    let watched = [...task.scenarios, ...task.pricing];
    // Taken before a run, so that what changes meanwhile is seen.
    let seen = fingerprint(watched);
    const step = async (first: boolean): Promise<void> => {
      const more = (await attempt(task, server, io, first)).filter((folder) => !watched.includes(folder));
      if (more.length === 0) return;
      watched = [...watched, ...more];
      seen = fingerprint(watched);
    };
    await step(true);
    io.stderr.write(`watching ${task.scenarios.map(inLine).join(", ")}: ${server.address()} (Ctrl-C ends it)\n`);
    if (task.open) await open(server.address(), io);
    while (await pause(stop.signal)) {
      const now = fingerprint(watched);
      if (now === seen) continue;
      // An editor may be at it still: wait until nothing moves.
      if (!(await pause(stop.signal))) break;
      if (fingerprint(watched) !== now) continue;
      seen = now;
      await step(false);
    }
    return EXIT.fine;
  } finally {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
    await server.close();
  }
}

/**
 * One run; what is wrong is stated, here and in the page.
 * @param first whether a wrong command line ends it
 * @returns folders of prices that were read
 */
async function attempt(
  { run, quiet, folder }: WatchTask,
  server: WatchServer,
  io: Io,
  first: boolean,
): Promise<readonly string[]> {
  try {
    const { files, pricing } = await run();
    writeFiles(files, folder);
    server.show(files);
    if (!quiet) io.stderr.write(wroteLine(files));
    return pricing;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (first && error.diagnostics.some(({ code }) => FINAL.includes(code))) throw error;
    const text = (color: boolean): string => renderDiagnostics(error.diagnostics, { color });
    io.stderr.write(`${text(wantsColor(io) && io.stderr.isTTY === true)}\n`);
    server.tell(text(false));
    return [];
  }
}

async function open(address: string, io: Io): Promise<void> {
  const problem = await openInBrowser(address, io.env["BROWSER"]);
  if (problem !== undefined) io.stderr.write(`no browser could be started (${inLine(problem)}): open ${address}\n`);
}

/** @returns whether to go on */
function pause(signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((done) => {
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stopped);
      done(true);
    }, POLL_MS);
    function stopped(): void {
      clearTimeout(timer);
      done(false);
    }
    signal.addEventListener("abort", stopped, { once: true });
  });
}
