import { InputError, type Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { excludedPair, leversResult } from "../levers/answer.ts";
import { type StudiedLevers, studiedLevers } from "../levers/levers.ts";
import { leversCsv, leversSheet } from "../report/levers-sheet.ts";
import type { LeversResult } from "../result/levers.ts";
import type { Scenario } from "../scenario/read.ts";
import type { ChartImage } from "./charts.ts";
import { answer, type DecisionOptions, tellWarnings } from "./decisions.ts";
import { type Loaded, loadScenario } from "./load.ts";
import type { Io } from "./process.ts";

export type LeverOptions = DecisionOptions & {
  readonly for?: string;
  readonly combine?: string;
  readonly builtIn: boolean;
};

/** `archcost levers FILE`: what cheaper levers reach, alone and together, and what another architecture does. */
export async function leversCommand(file: string, options: LeverOptions, version: string, io: Io): Promise<number> {
  const loaded = loadScenario(file, { ...options, architecture: [] }, io);
  const { scenario, problems } = loaded;
  checkChosen(options.architecture ?? [], scenario, problems);
  const architecture = startOf(scenario, options.for, problems);
  if (architecture === undefined || problems.hasErrors) throw new InputError(problems.list);
  const only = options.architecture ?? [];
  const study = studyOf(loaded, { architecture, only, builtIn: options.builtIn, version });
  const combine = combinationOf(options.combine, study, problems);
  if (problems.hasErrors) throw new InputError(problems.list);
  const found = leversResult(study, { combine, progress: progressTo(io) });
  const name = scenario.data.scenario;
  const charts = async (): Promise<readonly ChartImage[]> => {
    const { leverImages } = await import("./charts.ts");
    return leverImages(found, name);
  };
  tellWarnings(problems, io);
  return answer(
    { name: "levers", sheet: leversSheet(name, found), data: found, csv: leversCsv(found), charts },
    options,
    io,
  );
}

type Start = {
  readonly architecture: string;
  readonly only: readonly string[];
  readonly builtIn: boolean;
  readonly version: string;
};

/** The levers of a scenario, checked and placed. Throws InputError with every problem found. */
function studyOf({ scenario, catalog, variant, problems }: Loaded, start: Start): StudiedLevers {
  const { architecture, builtIn, version, only } = start;
  const study = studiedLevers({
    scenario,
    catalog,
    variant: { ...variant, only },
    architecture,
    version,
    builtIn,
    problems,
  });
  if (study === undefined || problems.hasErrors) throw new InputError(problems.list);
  return study;
}

/** What `run --output` shows of levers, where the scenario has some of its own. */
export function leversOfRun(
  loaded: Loaded,
  version: string,
): { readonly study: StudiedLevers; readonly found: LeversResult } | undefined {
  const { scenario, variant } = loaded;
  const architecture = scenario.data.current ?? [...scenario.architectures.keys()][0];
  if (scenario.data.levers === undefined || architecture === undefined || variant.only.length > 0) return undefined;
  const study = studyOf(loaded, { architecture, only: [], builtIn: true, version });
  return { study, found: leversResult(study) };
}

/** The architecture that levers start from: the one asked for, the current one, or the only one. */
function startOf(scenario: Scenario, asked: string | undefined, problems: Problems): string | undefined {
  const names = [...scenario.architectures.keys()];
  if (asked !== undefined) {
    if (names.includes(asked)) return asked;
    const near = suggest(asked, names);
    const hint = near === undefined ? `architectures: ${names.join(", ")}` : `did you mean "${near}"?`;
    problems.error("unknown-architecture", `--for: no architecture "${asked}"`, undefined, hint);
    return undefined;
  }
  const start = scenario.data.current ?? (names.length === 1 ? names[0] : undefined);
  if (start !== undefined) return start;
  const hint = `say which one: --for ${names[0] ?? "NAME"}, or current: in the scenario`;
  problems.error(
    "no-current",
    "the scenario has no current architecture that levers could start from",
    undefined,
    hint,
  );
  return undefined;
}

function checkChosen(chosen: readonly string[], { architectures }: Scenario, problems: Problems): void {
  const names = [...architectures.keys()];
  for (const name of chosen) {
    if (names.includes(name)) continue;
    const near = suggest(name, names);
    const hint = near === undefined ? `architectures: ${names.join(", ")}` : `did you mean "${near}"?`;
    problems.error("unknown-architecture", `no architecture "${name}"`, undefined, hint);
  }
}

/** The levers of `--combine`, in the order of the study. */
function combinationOf(
  text: string | undefined,
  study: StudiedLevers,
  problems: Problems,
): readonly string[] | undefined {
  if (text === undefined) return undefined;
  const names = study.levers.map(({ name }) => name);
  const asked = text.split(",").map((name) => name.trim());
  for (const name of asked) {
    if (names.includes(name)) continue;
    const left = study.leftOut.find(({ lever }) => lever === name);
    const near = suggest(name, names);
    const hint = near === undefined ? `levers: ${names.join(", ")}` : `did you mean "${near}"?`;
    const why = left === undefined ? `no lever "${name}"` : `"${name}" does not fit here: ${left.reason}`;
    problems.error("unknown-lever", `--combine: ${why}`, undefined, hint);
  }
  const pair = excludedPair(study, asked);
  if (pair !== undefined) {
    problems.error("excluded", `--combine: "${pair[0]}" and "${pair[1]}" cannot be had together`);
  }
  const chosen = names.filter((name) => asked.includes(name));
  const ran = problems.hasErrors ? undefined : study.run(chosen);
  if (ran !== undefined && ran.figures === undefined) {
    problems.error("excluded", `--combine: ${ran.reason ?? "this cannot be computed"}`);
  }
  return chosen;
}

/** Every so many scenarios, how far a long run is. */
const EVERY = 250;

function progressTo(io: Io): (runs: number) => void {
  let last = 0;
  return (runs) => {
    if (runs - last < EVERY) return;
    last = runs;
    io.stderr.write(`${runs} combinations run${io.stderr.isTTY === true ? "\r" : "\n"}`);
  };
}
