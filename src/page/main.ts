// What runs inside the report: it unpacks the model, and renders the parts that follow the reader's settings again.
import { firstScreen } from "../report/html/first-screen.ts";
import { type Content, html } from "../report/html/markup.ts";
import { followingParts } from "../report/html/parts.ts";
import { uncertaintySection } from "../report/html/uncertainty.ts";
import type { View } from "../report/html/view.ts";
import type { BudgetOutcome } from "../result/check.ts";
import { money, useNumberStyle } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { element } from "./element.ts";
import { fillPanel, type Panel } from "./panel.ts";
import type { PagePayload } from "./payload.ts";
import { type Overrides, type PageModel, pageModel, recomputeFirst } from "./recompute.ts";
import { fromFragment, isAsWritten, overridesOf, type Settings, toFragment } from "./settings.ts";
import { spreadAt } from "./spread.ts";
import { unpacked } from "./unpack.ts";

/** Ids of parts that tell of the scenario as it is written, whatever is set. */
const FIXED = ["plan", "tornado", "levers", "combine", "carbon", "assumptions"] as const;
/** The sample is taken when the reader has paused for so long. */
const PAUSE_MS = 120;

/** Judges budgets; a report without any carries no program for it. */
export type Judge = (payload: PagePayload, result: Result) => readonly BudgetOutcome[];

type Page = {
  readonly judge: Judge;
  readonly model: PageModel;
  readonly order: readonly string[];
  /** what stood in each part when the page was loaded */
  readonly original: ReadonlyMap<string, string>;
};

async function payloadOf(host: HTMLElement): Promise<PagePayload> {
  // The report's own text: written by the program that wrote this page.
  return JSON.parse(await unpacked(host)) as PagePayload;
}

function parts(): readonly HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>("[data-part]"));
}

/** Tells what can be opened apart: by its key, else by its words within what has one. */
function keyOf(details: HTMLElement): string {
  const own = details.dataset["key"];
  if (own !== undefined) return own;
  const around = details.parentElement?.closest<HTMLElement>("details[data-key]");
  return `${around?.dataset["key"] ?? ""} ${details.querySelector("summary")?.textContent ?? ""}`;
}

/** Puts markup of our own templates into a part; what was open stays open. */
function replace(part: HTMLElement, markup: string): void {
  const open = new Set(Array.from(part.querySelectorAll<HTMLElement>("details[open]"), keyOf));
  part.innerHTML = markup;
  for (const each of Array.from(part.querySelectorAll("details"))) {
    if (open.has(keyOf(each))) each.open = true;
  }
}

function show(id: string, content: Content | undefined): void {
  const part = parts().find((each) => each.dataset["part"] === id);
  if (part !== undefined && content !== undefined) replace(part, html`${content}`.markup);
}

function restore({ original }: Page): void {
  for (const part of parts()) replace(part, original.get(part.dataset["part"] ?? "") ?? "");
}

/** Says of a part that it does not follow. */
function mark(id: string, stale: boolean): void {
  const part = document.querySelector(`[data-part="${id}"]`);
  const told = part?.querySelector(".stale");
  if (!stale) told?.remove();
  else if (told === null)
    part?.prepend(
      element(
        "p",
        { class: "stale" },
        "For the scenario as it is written: this part does not follow the inputs above.",
      ),
    );
}

function summaryOf({ comparison, architectures }: Result): string {
  const best = architectures[comparison.cheapest];
  return best === undefined ? "" : `${comparison.cheapest}: ${money(best.cost.month)} a month`;
}

/** What is left to do for the newest settings; older ones are dropped. */
const later = { task: 0, sample: 0 };

/**
 * Shows settings: the first screen at once, every other part in a task of its own right after, and what is sampled once
 * the reader pauses. Only the newest settings are followed to the end.
 */
function apply(page: Page, panel: Panel, settings: Settings): void {
  const { payload } = page.model;
  clearTimeout(later.task);
  clearTimeout(later.sample);
  const overrides = overridesOf(settings, payload.controls, payload.load, payload.driver);
  const found = recomputeFirst(page.model, overrides, settings.off);
  if ("problem" in found) {
    panel.show(settings, "", `Not possible: ${found.problem}`);
    settled(true);
    return;
  }
  const asWritten = isAsWritten(settings);
  for (const id of FIXED) mark(id, !asWritten);
  panel.show(settings, summaryOf(found.result), "");
  if (asWritten) {
    restore(page);
    settled(true);
    return;
  }
  settled(false);
  const view: View = { result: found.complete(), order: page.order };
  const budgets = page.judge(payload, found.result);
  const sampled = payload.spread !== null;
  show("first", firstScreen(view, budgets, sampled ? "the sample follows" : ""));
  later.task = window.setTimeout(() => {
    for (const { id, body } of followingParts(view)) show(id, body);
    mark("uncertainty", true);
    if (!sampled) settled(true);
  });
  if (sampled) later.sample = window.setTimeout(() => sample(page, overrides, view, budgets), PAUSE_MS);
}

/** The part that rests on samples, and its sentence in the verdict. */
function sample({ model }: Page, overrides: Overrides, view: View, budgets: readonly BudgetOutcome[]): void {
  const uncertainty = spreadAt(model, overrides, view.result);
  const result = { ...view.result, uncertainty };
  if (uncertainty === null) {
    show("first", firstScreen(view, budgets, "Every input with a range is set: nothing is left to sample."));
  } else {
    show("first", firstScreen({ ...view, result }, budgets));
    show("uncertainty", uncertaintySection({ ...view, result }, model.payload.spread?.samples)?.body);
  }
  settled(true);
}

/** For whoever drives the page: whether everything shown is of the newest settings. */
function settled(is: boolean): void {
  document.documentElement.dataset["settled"] = String(is);
}

/** Fills the panel and follows it. */
export async function startPage(judge: Judge): Promise<void> {
  const data = document.getElementById("model");
  const host = document.getElementById("what-if");
  if (data === null || host === null) return;
  const payload = await payloadOf(data);
  data.remove();
  useNumberStyle(payload.numbers);
  const order = payload.architectures.map(({ name }) => name);
  const original = new Map(parts().map((part) => [part.dataset["part"] ?? "", part.innerHTML]));
  const page: Page = { judge, model: pageModel(payload), order, original };
  const remember = (settings: Settings): void => {
    const fragment = toFragment(settings);
    history.replaceState(null, "", fragment === "" ? location.pathname + location.search : `#${fragment}`);
  };
  let frame = 0;
  const panel: Panel = fillPanel(host, {
    controls: payload.controls,
    architectures: order,
    file: payload.result.scenario.file,
    onChange: (settings) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        apply(page, panel, settings);
        remember(settings);
      });
    },
  });
  document.body.classList.add("computing");
  const settings = fromFragment(location.hash, payload.controls, order);
  panel.show(settings, summaryOf(payload.result), "");
  if (isAsWritten(settings)) settled(true);
  else apply(page, panel, settings);
  document.documentElement.dataset["ready"] = "true";

  addEventListener("beforeprint", () => {
    for (const each of Array.from(document.querySelectorAll("details"))) each.open = true;
  });
}
