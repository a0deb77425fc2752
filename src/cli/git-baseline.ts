// What scenarios were at an earlier commit: their texts, and the price folders of the repository as they were.
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { findCommit, PastFiles, removeFolder, writeTemporary } from "../io/git.ts";
import { repositoryOf } from "../io/links.ts";
import { folderOf } from "../io/read.ts";
import { readScenario } from "../scenario/read.ts";
import type { ScenarioData } from "../scenario/schema.ts";
import type { ScenarioText } from "./load.ts";
import type { Baseline, BaselineTask, LostScenario, Past } from "./past.ts";

/** Scenarios at a commit, or where HEAD and it parted. Throws InputError when git does not know it. */
export function gitBaseline(given: string, task: BaselineTask): Baseline {
  const opened = new Repositories(given, task);
  const { at } = opened.of(folderOfCall(task.files));
  return {
    name: given,
    commit: at.commit,
    find: (file, scenarioName) => opened.of(folderIn(file)).find(file, scenarioName),
    textOf: (file) => opened.of(folderIn(file)).textOf(file),
    gone: () => opened.of(folderOfCall(task.files)).gone(),
    close: () => opened.close(),
  };
}

function folderOfCall([first = "-"]: readonly string[]): string {
  return folderIn(first);
}

function folderIn(file: string): string {
  return file === "-" ? "." : folderOf(file);
}

/** A call may name scenarios of several repositories, submodules among them; each is opened once. */
class Repositories {
  readonly #given: string;
  readonly #task: BaselineTask;
  readonly #open = new Map<string, PastScenarios>();

  constructor(given: string, task: BaselineTask) {
    this.#given = given;
    this.#task = task;
  }

  of(folder: string): PastScenarios {
    const key = repositoryOf(folder) ?? folder;
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const ref = this.#given.replace(/^git:/, "");
    const at = findCommit(ref, folder, this.#task.at);
    if ("problem" in at) return fail(`--baseline ${this.#given}: ${at.problem}`, at.hint);
    const made = new PastScenarios(new PastFiles(at), this.#given, this.#task);
    this.#open.set(key, made);
    return made;
  }

  close(): void {
    for (const one of this.#open.values()) one.close();
  }
}

type Prices = { readonly folder: string; readonly isSame: boolean };

class PastScenarios {
  readonly #files: PastFiles;
  readonly #given: string;
  readonly #task: BaselineTask;
  readonly #prices = new Map<string, Prices>();
  readonly #temporary: string[] = [];
  /** paths of then that a scenario of now goes on from */
  readonly #taken = new Set<string>();
  readonly #found = new Map<string, Past | "new">();
  #leftBehind: ReadonlyMap<string, ScenarioData> | undefined;

  constructor(files: PastFiles, given: string, task: BaselineTask) {
    this.#files = files;
    this.#given = given;
    this.#task = task;
    files.prefetch(task.files.flatMap((file) => (file === "-" ? [] : [files.pathOf(file) ?? ""])));
  }

  get at(): PastFiles["at"] {
    return this.#files.at;
  }

  /** A scenario is looked for more than once: for its budgets, and for what it cost. */
  find(file: string, scenarioName: string): Past | "new" {
    const key = JSON.stringify([file, scenarioName]);
    const found = this.#found.get(key) ?? this.#find(file, scenarioName);
    this.#found.set(key, found);
    return found;
  }

  #find(file: string, scenarioName: string): Past | "new" {
    const was = this.#pathThen(file, scenarioName);
    if (was === undefined) return "new";
    this.#taken.add(was);
    const scenario = this.#text(was, folderIn(file));
    if (scenario === undefined) return "new";
    const { options } = this.#task;
    const catalog = scenario.text.includes("catalog")
      ? readScenario(scenario.name, scenario.text, new Problems())?.data.catalog
      : undefined;
    const parent = was.split("/").slice(0, -1).join("/");
    const inside = catalog === undefined ? undefined : this.#files.pathOf(join(this.at.root, parent, catalog));
    const own = inside === undefined ? undefined : this.#pricesAt(inside);
    const pricing = (options.pricing ?? []).map((folder): Prices => {
      // Price folders of the command line that lie in the repository are read as they were; others as they are.
      const path = this.#files.pathOf(folder);
      if (path === undefined) return { folder, isSame: true };
      const found = this.#pricesAt(path);
      return found.isSame ? { folder, isSame: true } : { ...found, folder: join(found.folder, path) };
    });
    return {
      kind: "text",
      path: was,
      scenario: own === undefined ? scenario : { ...scenario, folder: join(own.folder, parent) },
      options: { ...options, pricing: pricing.map(({ folder }) => folder) },
      samePrices: [own ?? { isSame: true }, ...pricing].every(({ isSame }) => isSame),
    };
  }

  textOf(file: string): ScenarioText | undefined {
    const path = this.#files.pathOf(file);
    return path === undefined ? undefined : this.#text(path, folderIn(file));
  }

  #text(path: string, folder: string): ScenarioText | undefined {
    const found = this.#files.textAt(path);
    if (found === undefined) return undefined;
    if (found === "refused") return fail(`${path} at ${this.#given} is a link or too large`);
    return { text: found.text, name: `${path}@${this.at.commit.slice(0, 7)}`, folder };
  }

  /**
   * Where a scenario stood then, when not where it stands now: git's own guess at a rename, else a file that is gone and had
   * a scenario of this name. A new name for a file is no way around a budget.
   */
  #pathThen(file: string, name: string): string | undefined {
    const path = this.#files.pathOf(file);
    if (path === undefined) return undefined;
    if (this.#task.at === "commit" || this.#files.entries.has(path)) return path;
    const renamed = this.#files.renamedFrom(path);
    if (renamed !== undefined && this.#scenariosLeft.has(renamed)) return renamed;
    return [...this.#scenariosLeft].find(([, data]) => data.scenario === name)?.[0] ?? renamed;
  }

  /** Scenarios of then whose file is gone from its place. */
  get #scenariosLeft(): ReadonlyMap<string, ScenarioData> {
    if (this.#leftBehind !== undefined) return this.#leftBehind;
    const { gone } = this.#files;
    this.#files.prefetch(gone);
    const found = new Map<string, ScenarioData>();
    for (const path of gone) {
      const file = this.#files.textAt(path);
      // Most YAML of a repository is something else: what does not hold the word is not parsed.
      if (typeof file !== "object" || !file.text.includes("scenario")) continue;
      const data = readScenario(path, file.text, new Problems())?.data;
      if (data !== undefined) found.set(path, data);
    }
    this.#leftBehind = found;
    return found;
  }

  gone(): readonly LostScenario[] {
    if (this.#task.at === "commit") return [];
    const left = [...this.#scenariosLeft].filter(([file]) => !this.#taken.has(file));
    return left.map(([file, { scenario: name, budgets = [] }]) => ({
      path: join(this.at.root, file),
      scenario: {
        file,
        name,
        budgets: budgets.length,
        moved_to: this.#files.renamedTo(file) ?? null,
        fails: budgets.some(({ level }) => level !== "none") ? "error" : "no",
      },
    }));
  }

  /** The YAML files of a folder as they were: where they are still the same, the folder itself; else a copy, made once. */
  #pricesAt(path: string): Prices {
    const known = this.#prices.get(path);
    if (known !== undefined) return known;
    const then = this.#files.folder(path);
    if ("problem" in then) return fail(`--baseline ${this.#given}: ${then.problem}`);
    const isSame = isAlike(join(this.at.root, path), this.at.root, then);
    const folder = isSame ? this.at.root : writeTemporary(path, then);
    if (!isSame) this.#temporary.push(folder);
    const made = { folder, isSame };
    this.#prices.set(path, made);
    return made;
  }

  close(): void {
    for (const folder of this.#temporary) removeFolder(folder);
  }
}

/** Whether a folder of the working copy holds these YAML files, and no others. What is odd about it counts as a difference. */
function isAlike(folder: string, root: string, then: ReadonlyMap<string, Buffer>): boolean {
  try {
    const names = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      if (entry.isSymbolicLink()) throw new Error("a link");
      return entry.isFile() && entry.name.endsWith(".yaml") ? [join(entry.parentPath, entry.name)] : [];
    });
    if (names.length !== then.size) return false;
    return names.every((name) => {
      const path = relative(root, realpathSync(name)).split(sep).join("/");
      return then.get(path)?.equals(readFileSync(name)) === true;
    });
  } catch {
    return false;
  }
}

function fail(message: string, hint?: string): never {
  const problems = new Problems();
  problems.error("no-baseline", message, undefined, hint);
  throw new InputError(problems.list);
}
