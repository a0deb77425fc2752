// What a baseline is to the commands that compare with one.
import type { GoneScenario } from "../result/check.ts";
import type { StoredResult } from "../result/stored.ts";
import type { ScenarioOptions, ScenarioText } from "./load.ts";

/** A scenario as it was: its text, or only its result. */
export type Past =
  | {
      readonly kind: "text";
      readonly scenario: ScenarioText;
      /** of its file then, from the root of the repository */
      readonly path: string;
      readonly options: ScenarioOptions;
      /** whether the price folders that it reads are to the byte what they are now */
      readonly samePrices: boolean;
    }
  | { readonly kind: "result"; readonly result: StoredResult };

/** `path`: where its file was, from the root of the file system; `fails`: error where it had budgets that can fail. */
export type LostScenario = { readonly path: string; readonly scenario: GoneScenario };

export type Baseline = {
  readonly name: string;
  readonly commit: string | null;
  /** the scenario of a file as it was; "new" when there was none */
  find(file: string, name: string): Past | "new";
  /** the text of any other file as it was, with its path then; undefined when there was none, or no commit */
  textOf(file: string): ScenarioText | undefined;
  /** scenarios that nothing found has taken up: deleted, moved or renamed since; none for a stored result */
  gone(): readonly LostScenario[];
  close(): void;
};

export type BaselineTask = {
  /** the scenarios that will be looked for, so that git reads them at once */
  readonly files: readonly string[];
  readonly options: ScenarioOptions;
  /** the commit itself, or where HEAD and it parted */
  readonly at: "merge base" | "commit";
};
