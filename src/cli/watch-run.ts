import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { contained } from "../io/links.ts";
import { folderOf } from "../io/read.ts";
import type { Scenario } from "../scenario/read.ts";
import type { Io } from "./process.ts";
import type { RunOptions, RunOutput } from "./run-options.ts";
import { watch } from "./watch.ts";

export type WatchRun = {
  readonly files: readonly string[];
  readonly options: RunOptions;
  readonly io: Io;
  readonly run: () => Promise<RunOutput>;
};

/** `archcost run --watch --output DIR`. Throws InputError for a command line that cannot be watched. */
export function watchRun({ files, options, io, run }: WatchRun): Promise<number> {
  const problems = new Problems();
  if (options.watch !== true)
    problems.error("bad-option", "--open goes with --watch", undefined, "add --watch --output DIR");
  if (options.output === undefined)
    problems.error("bad-option", "--watch wants a folder", undefined, "add --output DIR");
  if (files.includes("-")) problems.error("bad-option", "--watch wants files: standard input does not change");
  if (problems.hasErrors || options.output === undefined) throw new InputError(problems.list);
  return watch(
    {
      scenarios: files,
      pricing: options.pricing ?? [],
      folder: options.output,
      open: options.open === true,
      quiet: options.quiet === true,
      run: async () => {
        const { written, scenarios, tell } = await run();
        tell();
        return { files: written, pricing: scenarios.flatMap((scenario, i) => ownPrices(scenario, files[i])) };
      },
    },
    io,
  );
}

/** The price folder that a scenario names. */
function ownPrices({ data }: Scenario, file: string | undefined): readonly string[] {
  const found = data.catalog === undefined ? undefined : contained(folderOf(file ?? "."), data.catalog);
  return found === undefined ? [] : [found];
}
