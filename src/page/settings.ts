// What the reader has set: kept in the address of the page, and written as a scenario or as a command.

import type { Overrides } from "../figures/result.ts";
import { inBaseUnits } from "../formula/unit.ts";
import type { Control } from "./controls.ts";

/** Values in the units of the controls, only those that differ from the scenario's; names of switched off architectures. */
export type Settings = { readonly values: ReadonlyMap<string, number>; readonly off: ReadonlySet<string> };

export const AS_WRITTEN: Settings = { values: new Map(), off: new Set() };

export function isAsWritten({ values, off }: Settings): boolean {
  return values.size === 0 && off.size === 0;
}

/**
 * Values in base units, computed as the command computes `--set name="value unit"`.
 * @param load share of the load that the report is for: it scales the driver
 */
export function overridesOf(
  { values }: Settings,
  controls: readonly Control[],
  load: number,
  driver: string,
): Overrides {
  return new Map(
    controls.flatMap(({ name, also, factor }) => {
      const value = values.get(name);
      if (value === undefined) return [];
      const own = inBaseUnits(value, factor);
      const base = name === driver ? own * load : own;
      return [name, ...also].map((address) => [address, base] as const);
    }),
  );
}

/** A setting with one value changed; back at the scenario's value it is no change. */
export function withValue(settings: Settings, control: Control, value: number): Settings {
  const values = new Map(settings.values);
  if (value === control.value) values.delete(control.name);
  else values.set(control.name, value);
  return { ...settings, values };
}

export function withSwitch(settings: Settings, architecture: string, on: boolean): Settings {
  const off = new Set(settings.off);
  if (on) off.delete(architecture);
  else off.add(architecture);
  return { ...settings, off };
}

const OFF = "off";

/** The part of an address behind `#`; empty where nothing is set. */
export function toFragment({ values, off }: Settings): string {
  const parts = new URLSearchParams();
  for (const [name, value] of values) parts.append(name, String(value));
  for (const name of off) parts.append(OFF, name);
  return parts.toString();
}

/**
 * Settings of an address. What the report does not know, or what is no figure from 0 on, is left out; at least one
 * architecture stays on.
 */
export function fromFragment(
  fragment: string,
  controls: readonly Control[],
  architectures: readonly string[],
): Settings {
  let settings = AS_WRITTEN;
  const known = new Map(controls.map((control) => [control.name, control]));
  for (const [name, text] of new URLSearchParams(fragment.replace(/^#/, ""))) {
    const control = known.get(name);
    const value = Number(text);
    if (name === OFF && architectures.includes(text)) settings = withSwitch(settings, text, false);
    else if (control !== undefined && isFine(value) && text.trim() !== "")
      settings = withValue(settings, control, value);
  }
  return architectures.every((name) => settings.off.has(name)) ? { ...settings, off: new Set() } : settings;
}

/** Whether a value may be set: a figure from 0 on. */
export function isFine(value: number): boolean {
  return Number.isFinite(value) && value >= 0;
}

const literal = (value: number, unit: string): string => (unit === "" ? String(value) : `${value} ${unit}`);

/** The settings as lines for the scenario file. */
export function toPatch({ values }: Settings, controls: readonly Control[]): string {
  const lines = controls.flatMap(({ name, unit }) => {
    const value = values.get(name);
    return value === undefined ? [] : [`  ${name}:`, `    value: ${literal(value, unit)}`];
  });
  return lines.length === 0 ? "" : `variables:\n${lines.join("\n")}\n`;
}

const word = (text: string): string => (/^[\w./=:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** The scenario and its values as arguments of a command. */
export function argumentsOf(settings: Settings, controls: readonly Control[], file: string): string {
  const sets = controls.flatMap(({ name, unit }) => {
    const value = settings.values.get(name);
    return value === undefined ? [] : [`--set ${word(`${name}=${literal(value, unit)}`)}`];
  });
  return [word(file), ...sets].join(" ");
}

/** The command that gives the same figures. */
export function toCommand(
  settings: Settings,
  controls: readonly Control[],
  file: string,
  on: readonly string[],
): string {
  const only = settings.off.size === 0 ? [] : on.map((name) => `--architecture ${word(name)}`);
  return ["archcost run", argumentsOf(settings, controls, file), ...only].join(" ");
}
