import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { readOwnFile } from "../io/read.ts";
import { writeFiles } from "../io/write.ts";
import { inLine } from "../result/harmless.ts";
import { askForScenario, EndOfInput } from "./init-questions.ts";
import { scenarioText } from "./init-scenario.ts";
import { openCatalog } from "./load.ts";
import { builtFolder, EXIT, type Io } from "./process.ts";
import { templateLines } from "./templates.ts";

export type InitOptions = { readonly template?: string; readonly output?: string; readonly list?: boolean };

/** `archcost init`: a commented starter that runs as it is; on a terminal, without `--template`, one made of answers. */
export async function initCommand(options: InitOptions, io: Io): Promise<number> {
  const { output, template } = options;
  if (options.list === true) {
    io.stdout.write(templateLines());
    return EXIT.fine;
  }
  if (output !== undefined && existsSync(output)) {
    const problems = new Problems();
    problems.error("exists", `${output} exists already; nothing was written`);
    throw new InputError(problems.list);
  }
  const asks = template === undefined && io.stdin?.isTTY === true;
  const text = asks ? await asked(io) : starter(template ?? "api");
  if (text === undefined) return EXIT.input;
  if (output === undefined) {
    io.stdout.write(text);
    return EXIT.fine;
  }
  writeFiles([{ path: output, data: text }]);
  io.stderr.write(`wrote ${inLine(output)}; try: archcost run ${inLine(output)}\n`);
  return EXIT.fine;
}

function starter(template: string): string {
  const text = readOwnFile(join(builtFolder("templates"), `${template}.yaml`));
  if (text === undefined) throw new Error(`template ${template} is not installed`);
  return text;
}

async function asked(io: Io): Promise<string | undefined> {
  const regions = Object.keys(openCatalog([], new Problems()).regions("aws"));
  try {
    return scenarioText(await askForScenario(io, regions));
  } catch (error) {
    if (!(error instanceof EndOfInput)) throw error;
    io.stderr.write("\nthe input ended; nothing was written\n");
    return undefined;
  }
}
