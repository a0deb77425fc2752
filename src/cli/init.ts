import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { readOwnFile } from "../io/read.ts";
import { writeFiles } from "../io/write.ts";
import { builtFolder, EXIT, type Io } from "./process.ts";

export type InitOptions = { readonly template: string; readonly output?: string };

/** `archcost init --template NAME`: a commented starter that runs as it is. */
export function initCommand(options: InitOptions, io: Io): number {
  const text = readOwnFile(join(builtFolder("templates"), `${options.template}.yaml`));
  if (text === undefined) throw new Error(`template ${options.template} is not installed`);
  if (options.output === undefined) {
    io.stdout.write(text);
    return EXIT.fine;
  }
  if (existsSync(options.output)) {
    const problems = new Problems();
    problems.error("exists", `${options.output} exists already; nothing was written`);
    throw new InputError(problems.list);
  }
  writeFiles([{ path: options.output, data: text }]);
  io.stderr.write(`wrote ${options.output}; try: archcost run ${options.output}\n`);
  return EXIT.fine;
}
