// What runs inside the report: it unpacks the model, and renders the parts that follow the reader's settings again.
import { firstScreen } from "../report/html/first-screen.ts";
import { html } from "../report/html/markup.ts";
import { followingSections } from "../report/html/parts.ts";
import { money, useNumberStyle } from "../result/number.ts";
import type { Result } from "../result/schema.ts";
import { element } from "./element.ts";
import { fillPanel, type Panel } from "./panel.ts";
import type { PagePayload } from "./payload.ts";
import { type PageModel, pageModel, recompute } from "./recompute.ts";
import { fromFragment, isAsWritten, overridesOf, type Settings, toFragment } from "./settings.ts";

/** Ids of parts that tell of the scenario as it is written, whatever is set. */
const FIXED = ["uncertainty", "tornado", "levers", "carbon", "budgets"] as const;

type Page = {
  readonly model: PageModel;
  readonly order: readonly string[];
  /** what stood in each part when the page was loaded */
  readonly original: ReadonlyMap<string, string>;
};

async function payloadOf(host: HTMLElement): Promise<PagePayload> {
  const packed = Uint8Array.from(atob(host.textContent?.trim() ?? ""), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  // The report's own text: written by the program that wrote this page.
  return (await new Response(stream).json()) as PagePayload;
}

function parts(): readonly HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>("[data-part]"));
}

/** Puts markup of our own templates into a part; what was open stays open. */
function replace(part: HTMLElement, markup: string): void {
  const open = new Set(Array.from(part.querySelectorAll<HTMLElement>("details[open]"), (each) => each.dataset["key"]));
  part.innerHTML = markup;
  for (const each of Array.from(part.querySelectorAll("details"))) {
    if (each.dataset["key"] !== undefined && open.has(each.dataset["key"])) each.open = true;
  }
}

function render({ order, original }: Page, result: Result, asWritten: boolean): void {
  const view = { result, order };
  const made = new Map(followingSections(view).map(({ id, body }) => [id, body]));
  for (const part of parts()) {
    const id = part.dataset["part"] ?? "";
    if (!original.has(id) || FIXED.some((fixed) => fixed === id)) continue;
    const content = id === "first" ? firstScreen(view) : made.get(id);
    if (asWritten) replace(part, original.get(id) ?? "");
    else if (content !== undefined) replace(part, html`${content}`.markup);
  }
  for (const id of FIXED) mark(id, !asWritten);
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

function apply(page: Page, panel: Panel, settings: Settings): void {
  const { payload } = page.model;
  const found = recompute(
    page.model,
    overridesOf(settings, payload.controls, payload.load, payload.driver),
    settings.off,
  );
  if ("problem" in found) {
    panel.show(settings, "", `Not possible: ${found.problem}`);
    return;
  }
  render(page, found.result, isAsWritten(settings));
  panel.show(settings, summaryOf(found.result), "");
}

async function start(): Promise<void> {
  const data = document.getElementById("model");
  const host = document.getElementById("what-if");
  if (data === null || host === null) return;
  const payload = await payloadOf(data);
  data.remove();
  useNumberStyle(payload.numbers);
  const order = payload.architectures.map(({ name }) => name);
  const original = new Map(parts().map((part) => [part.dataset["part"] ?? "", part.innerHTML]));
  const page: Page = { model: pageModel(payload), order, original };
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
  if (isAsWritten(settings)) panel.show(settings, summaryOf(payload.result), "");
  else apply(page, panel, settings);
  document.documentElement.dataset["ready"] = "true";
}

addEventListener("beforeprint", () => {
  for (const each of Array.from(document.querySelectorAll("details"))) each.open = true;
});
void start();
