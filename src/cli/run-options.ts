import type { WholeFile } from "../io/write.ts";
import type { Scenario } from "../scenario/read.ts";
import type { ScenarioOptions } from "./load.ts";

export type RunOptions = ScenarioOptions & {
  readonly format: string;
  readonly output?: string;
  readonly quiet?: boolean;
  /** names of PNG charts with commas between; absent: all */
  readonly charts?: string;
  /** charts of characters below the table */
  readonly chart?: boolean;
  /** the language whose numbers are written */
  readonly locale?: string;
  /** render again when something changes, and show it in a page that reloads */
  readonly watch?: boolean;
  readonly open?: boolean;
};

/** All that a run comes to; nothing is written yet. */
export type RunOutput = {
  readonly written: readonly WholeFile[];
  readonly scenarios: readonly Scenario[];
  /** prints the result, and what is to be said besides */
  readonly tell: () => void;
};
