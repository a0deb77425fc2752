import { evolutionPlan } from "../analysis/plan/plan.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { planCsv, planSheet } from "../report/plan-sheet.ts";
import type { ChartImage } from "./charts.ts";
import { answer, type DecisionOptions } from "./decisions.ts";
import { loadScenario } from "./load.ts";
import type { Io } from "./process.ts";

/** `archcost plan FILE`: with which architecture to start, and when to change it. */
export async function planCommand(file: string, options: DecisionOptions, io: Io): Promise<number> {
  const { model, problems, scenario } = loadScenario(file, options, io);
  const plan = evolutionPlan(model, problems);
  if (plan === undefined) throw new InputError(problems.list);
  if (plan === null) {
    const asked = new Problems();
    const hint =
      "add evolution: with growth, what each architecture takes to build, and moves; docs/plan.md has an example";
    asked.error("no-evolution", `${file}: the scenario says nothing of how it may evolve`, undefined, hint);
    throw new InputError(asked.list);
  }
  const name = scenario.data.scenario;
  const charts = async (): Promise<readonly ChartImage[]> => {
    const { planImage } = await import("./charts.ts");
    return planImage(
      plan,
      name,
      model.architectures.map((each) => each.name),
    );
  };
  return answer({ name: "plan", sheet: planSheet(name, plan), data: plan, csv: planCsv(plan), charts }, options, io);
}
