// The what-if panel: a slider and a field for each input, a switch for each architecture.

import type { Control } from "./controls.ts";
import { button, element } from "./element.ts";
import { placeOf, STEPS, valueAt } from "./scale.ts";
import { isFine, type Settings, toCommand, toPatch, withSwitch, withValue } from "./settings.ts";

export type PanelTask = {
  readonly controls: readonly Control[];
  readonly architectures: readonly string[];
  readonly file: string;
  readonly onChange: (settings: Settings) => void;
};

export type Panel = {
  /** shows settings that came from elsewhere, and what they give */
  readonly show: (settings: Settings, summary: string, problem: string) => void;
};

type Row = { readonly control: Control; readonly show: (settings: Settings) => void };

/** Fills the panel; the page is as it was without it until the reader moves something. */
export function fillPanel(host: HTMLElement, task: PanelTask): Panel {
  let current: Settings = { values: new Map(), off: new Set() };
  const change = (settings: Settings): void => {
    current = settings;
    task.onChange(settings);
  };
  const rows = task.controls.map((control) => controlRow(control, () => current, change));
  const switches = task.architectures.map((name) => switchRow(name, task, () => current, change));
  const output = element("output", { "aria-live": "polite" });
  const fault = element("p", { class: "fault", role: "alert" });
  const share = sharing(task);
  host.replaceChildren(
    element("h2", {}, "What if"),
    element(
      "p",
      { class: "soft" },
      "Move an assumption: figures, charts and sentences are computed anew, here. What does not follow says so.",
    ),
    output,
    fault,
    button("Reset", () => change({ values: new Map(), off: new Set() })),
    element(
      "fieldset",
      {},
      element("legend", {}, "Inputs"),
      element("div", { class: "inputs" }, ...rows.map(({ host: row }) => row)),
    ),
    ...(switches.length > 1
      ? [element("fieldset", {}, element("legend", {}, "Architectures"), ...switches.map(({ host: row }) => row))]
      : []),
    share.host,
  );
  host.hidden = false;
  return {
    show: (settings, summary, problem) => {
      current = settings;
      for (const row of rows) row.show(settings);
      for (const row of switches) row.show(settings);
      output.textContent = summary;
      fault.textContent = problem;
      share.show(settings);
    },
  };
}

function controlRow(
  control: Control,
  current: () => Settings,
  change: (settings: Settings) => void,
): Row & { readonly host: HTMLElement } {
  const { name, unit, value } = control;
  const id = `set-${name}`;
  const words = `${name.replaceAll("_", " ")}${unit === "" ? "" : `, ${unit}`}`;
  const slider = element("input", {
    type: "range",
    min: "0",
    max: String(STEPS),
    step: "1",
    "aria-label": `${words}, slider`,
  });
  const field = element("input", { type: "number", id, min: "0", step: "any", inputmode: "decimal" });
  const tip = control.reason === null ? {} : { title: control.reason };
  const host = element("div", { class: "control" }, element("label", { for: id, ...tip }, words), slider, field);
  slider.addEventListener("input", () => change(withValue(current(), control, valueAt(control, Number(slider.value)))));
  field.addEventListener("input", () => {
    const given = Number(field.value);
    if (field.value.trim() !== "" && isFine(given)) change(withValue(current(), control, given));
  });
  const show = (settings: Settings): void => {
    const shown = settings.values.get(name) ?? value;
    slider.value = String(placeOf(control, shown));
    slider.setAttribute("aria-valuetext", `${shown}${unit === "" ? "" : ` ${unit}`}`);
    if (Number(field.value) !== shown || field.value === "") field.value = String(shown);
    host.classList.toggle("changed", settings.values.has(name));
  };
  return { control, show, host };
}

function switchRow(
  name: string,
  { architectures }: PanelTask,
  current: () => Settings,
  change: (settings: Settings) => void,
): { readonly show: (settings: Settings) => void; readonly host: HTMLElement } {
  const box = element("input", { type: "checkbox" });
  const host = element("label", { class: "toggle" }, box, ` ${name}`);
  box.addEventListener("change", () => {
    const next = withSwitch(current(), name, box.checked);
    if (next.off.size < architectures.length) change(next);
    else box.checked = true;
  });
  return {
    host,
    show: ({ off }) => {
      box.checked = !off.has(name);
    },
  };
}

function sharing(task: PanelTask): { readonly host: HTMLElement; readonly show: (settings: Settings) => void } {
  const patch = element("pre", { tabindex: "0", "aria-label": "Scenario patch" });
  const command = element("pre", { tabindex: "0", "aria-label": "Command" });
  const said = element("span", { role: "status", class: "soft" });
  const copy = (what: HTMLElement, words: string): HTMLElement =>
    button(words, () => {
      const text = what.textContent ?? "";
      const select = (): void => getSelection()?.selectAllChildren(what);
      navigator.clipboard.writeText(text).then(
        () => {
          said.textContent = "copied";
        },
        () => {
          select();
          said.textContent = "selected: copy it with the keyboard";
        },
      );
    });
  const host = element(
    "details",
    {},
    element("summary", {}, "Share these settings"),
    element("p", { class: "soft" }, "The address of this page keeps them."),
    copy(patch, "Copy as scenario patch"),
    copy(command, "Copy as command"),
    said,
    patch,
    command,
  );
  return {
    host,
    show: (settings) => {
      const on = task.architectures.filter((name) => !settings.off.has(name));
      patch.textContent = toPatch(settings, task.controls) || "# as the scenario is written\n";
      command.textContent = toCommand(settings, task.controls, task.file, on);
      said.textContent = "";
    },
  };
}
