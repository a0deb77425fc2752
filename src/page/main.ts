// What runs inside the report: it unpacks the model, and renders the parts that follow the reader's settings again.
import { breakEvenOver } from "../analysis/over-driver.ts";
import { costSpread } from "../analysis/sampled.ts";
import { costSwings } from "../analysis/tornado.ts";
import { hardLimits, RUN_POINTS } from "../analysis/turns.ts";
import { waterfallAt } from "../analysis/waterfall.ts";
import type { Overrides } from "../figures/result.ts";
import { interpreted } from "../formula/interpreted.ts";
import type { Model } from "../model/model.ts";
import { breakEvenSection } from "../report/html/curves.ts";
import { firstScreen, headerWords } from "../report/html/first-screen.ts";
import { waterfallPart } from "../report/html/levers.ts";
import { type Content, html } from "../report/html/markup.ts";
import { followingParts } from "../report/html/parts.ts";
import { tornadoSection, uncertaintySection } from "../report/html/uncertainty.ts";
import type { View } from "../report/html/view.ts";
import type { BudgetOutcome } from "../result/check.ts";
import { money, useNumberStyle } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { element } from "./element.ts";
import { later } from "./later.ts";
import { fillPanel, type Panel } from "./panel.ts";
import { cheapestOf, type PageModel, type PagePayload, pageModel } from "./payload.ts";
import { recompute } from "./recompute.ts";
import { restOutOfSight } from "./resting.ts";
import { argumentsOf, fromFragment, isAsWritten, overridesOf, type Settings, toFragment } from "./settings.ts";
import { type Shown, shownParts } from "./shown.ts";
import { unpacked } from "./unpack.ts";
import { warmUp } from "./warm-up.ts";

/** Parts that follow at once and may have nothing to tell at some settings. */
const MAY_BE_EMPTY = ["break-even", "limits", "growth", "carbon", "combine"] as const;
/** Parts that follow once the reader pauses. */
const AWAITED = ["uncertainty", "tornado", "waterfall", "plan"] as const;
/** Parts whose figures stay those of the scenario as it is written. */
const FIXED = ["levers", "alone", "assumptions"] as const;
const NOTHING_HERE = html`<p class="soft">Nothing to show at these inputs.</p>\n`;
const NOTHING_FREE = html`<p class="soft">Every input with a range is set: nothing is left to vary.</p>\n`;

/** What only some reports need; others carry no program for it. */
export type Extras = {
  /** judges budgets */
  readonly judge?: (page: PageModel, result: Result) => readonly BudgetOutcome[];
  /** content of the part that says the plan */
  readonly plan?: (model: Model, view: View) => Content | undefined;
};

type Page = {
  readonly extras: Extras;
  readonly model: PageModel;
  readonly order: readonly string[];
  readonly shown: Shown;
};

async function modelOf(host: HTMLElement): Promise<PageModel> {
  // The report's own text: written by the program that wrote this page.
  return pageModel(JSON.parse(await unpacked(host)) as PagePayload);
}

function show({ shown }: Page, id: string, content: Content | undefined): void {
  if (content !== undefined) shown.show(id, html`${content}`.markup);
}

/** Says of parts that do not follow for which values they are, and how to have them for others. */
function noteFixed({ shown, model }: Page, settings: Settings): void {
  const { controls, levers } = model;
  const own = "For the scenario as it is written: this part does not follow the inputs that you have set.";
  for (const id of FIXED) shown.note(id, [own]);
  const command = `archcost levers ${argumentsOf(settings, controls, model.model.scenario.file)}`;
  const why = "For the scenario as it is written: each lever is a model of its own, and this page does not carry all.";
  const drawn = "The waterfall below follows your inputs, with the changes that are best as written.";
  const words = levers === null ? `${why} For your inputs: ` : `${why} ${drawn} What is best for your inputs: `;
  shown.note("levers", [words, element("code", {}, command)]);
  if (levers === null) shown.note("waterfall", [own]);
}

function summaryOf({ name, month }: PageModel["written"]["cheapest"]): string {
  return Number.isFinite(month) ? `${name}: ${money(month)} a month` : "";
}

/**
 * Shows settings: the first screen at once, every other part in a task of its own right after, and what takes longer
 * once the reader pauses. Only the newest settings are followed to the end.
 */
function apply(page: Page, panel: Panel, settings: Settings): void {
  const { controls, levers, written } = page.model;
  const { load, workload } = page.model.model;
  later.drop();
  const overrides = overridesOf(settings, controls, load, workload.driver);
  const found = recompute(page.model, overrides, settings.off);
  if ("problem" in found) {
    panel.show(settings, "", `Not possible: ${found.problem}`);
    settled(true);
    return;
  }
  const { model, result } = found;
  panel.show(settings, summaryOf(cheapestOf(result)), "");
  if (isAsWritten(settings)) {
    page.shown.restore();
    settled(true);
    return;
  }
  settled(false);
  const budgets = page.extras.judge?.(page.model, result) ?? [];
  let view: View = { result, order: page.order };
  show(page, "header", headerWords(result));
  show(page, "first", firstScreen(view, budgets, written.spread === null ? "" : "the sample follows"));
  later.soon(() => {
    showFollowing(page, view);
    noteFixed(page, settings);
    const awaited = AWAITED.filter((id) => id !== "waterfall" || levers !== null);
    for (const id of awaited) page.shown.note(id, ["For inputs set before: it follows in a moment."]);
  });
  later.afterPause([
    () => {
      view = { ...view, result: { ...view.result, break_even: turnsOf(model, view.result) } };
      show(page, "first", firstScreen(view, budgets, written.spread === null ? "" : "the sample follows"));
      show(page, "break-even", breakEvenSection(view)?.body);
    },
    () => showSample(page, model, view, budgets),
    () => {
      const swings = tornadoSection(view, costSwings(model, interpreted));
      follow(page, "tornado", swings?.body ?? NOTHING_FREE);
    },
    () => {
      if (levers === null) return;
      const bars = waterfallPart(waterfallAt(levers, overrides, model));
      follow(page, "waterfall", bars?.body ?? NOTHING_HERE);
    },
    () => follow(page, "plan", page.extras.plan?.(model, view)),
    () => settled(true),
  ]);
}

function showFollowing(page: Page, view: View): void {
  const parts = new Map(followingParts(view).map(({ id, body }) => [id, body]));
  for (const [id, body] of parts) show(page, id, body);
  for (const id of MAY_BE_EMPTY) if (!parts.has(id)) show(page, id, NOTHING_HERE);
}

/** Shows an awaited part, which then is of the newest settings. */
function follow(page: Page, id: (typeof AWAITED)[number], content: Content | undefined): void {
  show(page, id, content);
  page.shown.note(id, undefined);
}

/** Samples that a page takes at most: little enough for an answer within a second. */
const PAGE_SAMPLES = 512;

/** Where the cheapest becomes another one, exactly; null with one architecture only, or where the driver cannot be moved. */
function turnsOf(model: Model, result: Result): Result["break_even"] {
  if (model.architectures.length < 2) return null;
  return breakEvenOver(
    model,
    { over: model.workload.driver, hard: hardLimits(result), points: RUN_POINTS },
    interpreted,
  );
}

/** The part that rests on samples, and its sentence in the verdict. */
function showSample(page: Page, model: Model, view: View, budgets: readonly BudgetOutcome[]): void {
  const { spread } = page.model.written;
  // Samples under conditions are the command's: the part stays as it is.
  if (spread === null) {
    page.shown.note("uncertainty", ["For the scenario as it is written: samples under conditions are not taken here."]);
    return;
  }
  const { samples, seed, savingOver } = spread;
  const task = { samples: Math.min(PAGE_SAMPLES, samples), seed, savingOver, compileWith: interpreted };
  const uncertainty = costSpread(model, task);
  const sampled = { ...view, result: { ...view.result, uncertainty } };
  const none = "Every input with a range is set: nothing is left to sample.";
  show(page, "first", firstScreen(sampled, budgets, uncertainty === null ? none : ""));
  follow(page, "uncertainty", uncertaintySection(sampled, samples)?.body ?? NOTHING_FREE);
}

/** What an update does, step by step and without showing anything: the scenario as it is written, a load next to it. */
function rehearsal(page: Page): readonly (() => void)[] {
  const { driver } = page.model.model.workload;
  const today = page.model.model.graph.inputs.find(({ address }) => address === driver)?.value ?? 1;
  const near: Overrides = new Map([[driver, today * 1.01]]);
  let view: View | undefined;
  const compute = (): void => {
    const found = recompute(page.model, near, new Set());
    view = "problem" in found ? undefined : { result: found.result, order: page.order };
  };
  const render = (): void => {
    if (view === undefined) return;
    const budgets = page.extras.judge?.(page.model, view.result) ?? [];
    for (const content of [firstScreen(view, budgets), ...followingParts(view).map(({ body }) => body)]) {
      void html`${content}`.markup;
    }
  };
  // Once compiles most of it, twice nearly all.
  return [compute, render, compute, render];
}

/** For whoever drives the page: whether everything shown is of the newest settings. */
function settled(is: boolean): void {
  document.documentElement.dataset["settled"] = String(is);
}

/** Fills the panel and follows it. */
export async function startPage(extras: Extras): Promise<void> {
  const data = document.getElementById("model");
  const host = document.getElementById("what-if");
  if (data === null || host === null) return;
  const model = await modelOf(data);
  data.remove();
  useNumberStyle(model.numbers);
  const order = model.model.architectures.map(({ name }) => name);
  const page: Page = { extras, model, order, shown: shownParts() };
  const remember = (settings: Settings): void => {
    const fragment = toFragment(settings);
    history.replaceState(null, "", fragment === "" ? location.pathname + location.search : `#${fragment}`);
  };
  let frame = 0;
  let begin = (): void => undefined;
  const panel: Panel = fillPanel(host, {
    controls: model.controls,
    architectures: order,
    file: model.model.scenario.file,
    onChange: (settings) => {
      begin();
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        apply(page, panel, settings);
        remember(settings);
      });
    },
  });
  document.body.classList.add("computing");
  restOutOfSight();
  const settings = fromFragment(location.hash, model.controls, order);
  panel.show(settings, summaryOf(model.written.cheapest), "");
  if (isAsWritten(settings)) settled(true);
  else apply(page, panel, settings);
  document.documentElement.dataset["ready"] = "true";
  if (isAsWritten(settings)) begin = warmUp(rehearsal(page));

  addEventListener("beforeprint", () => {
    for (const each of Array.from(document.querySelectorAll("details"))) each.open = true;
  });
}
