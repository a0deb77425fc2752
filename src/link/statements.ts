import type { Model } from "../model/model.ts";
import type { Scenario } from "../scenario/read.ts";
import type { ScenarioData } from "../scenario/schema.ts";
import type { LinkedDesign } from "./design.ts";
import type { Ground } from "./ground.ts";

type Statements = Pick<Model, "scenario" | "current" | "qualities" | "currency" | "given" | "correlations" | "budgets">;

/** What a scenario says that is no formula of the graph. */
export function statementsOf(
  { scenario, asOf, monthSeconds }: Ground,
  designs: readonly LinkedDesign[],
  priceBook: string,
): Statements {
  const { data, source } = scenario;
  return {
    scenario: {
      name: data.scenario,
      file: source.file,
      question: data.question ?? null,
      region: data.region,
      as_of: { ...asOf },
      month_hours: monthSeconds / 3600,
      ...freeTierWords(data.existing?.free_tier),
      price_book: priceBook,
    },
    current: data.current,
    qualities: qualityWords(scenario.data, designs),
    currency: data.overheads?.currency,
    given: (data.given ?? []).map((text, at) => ({ text, place: source.place(["given", at]) })),
    correlations: data.correlations === undefined ? undefined : correlationsOf(data.correlations, source),
    budgets: (data.budgets ?? []).map(({ id, assert }) => ({ id, assert })),
  };
}

type FreeTier = NonNullable<ScenarioData["existing"]>["free_tier"];

function freeTierWords(said: FreeTier): Pick<Model["scenario"], "free_tier" | "free_tier_services"> {
  if (typeof said !== "object") return { free_tier: said === "always" || said === "unused" };
  const services = Object.keys(said).filter((service) => said[service] === "always");
  return { free_tier: services.length > 0, free_tier_services: services };
}

function correlationsOf(
  written: NonNullable<ScenarioData["correlations"]>,
  source: Scenario["source"],
): NonNullable<Statements["correlations"]> {
  const stated = written.map(({ between, coefficient }, at) => ({
    between: between.map((name, end) => ({ name, place: source.place(["correlations", at, "between", end]) })),
    coefficient,
    place: source.place(["correlations", at]),
  }));
  return { stated, place: source.place(["correlations"], "key") };
}

function qualityWords(data: ScenarioData, designs: readonly LinkedDesign[]): Statements["qualities"] {
  const metrics = designs.flatMap(({ qualities }) => qualities.metrics);
  const names = [...new Set(metrics.map(({ name }) => name))];
  const wordsOf = (name: string) => {
    const spec = data.metrics?.[name];
    const { title = name, reason } = typeof spec === "object" ? spec : {};
    const unit = metrics.find((metric) => metric.name === name)?.unit.text ?? "";
    return { title: title ?? name, unit, reason: reason ?? null };
  };
  return {
    metrics: Object.fromEntries(names.map((name) => [name, wordsOf(name)])),
    objectives: (data.objectives ?? []).map(({ id, assert, reason, architectures: bound }) => ({
      id,
      assert,
      reason: reason ?? null,
      architectures: designs.map(({ name }) => name).filter((name) => bound?.includes(name) ?? true),
    })),
  };
}
