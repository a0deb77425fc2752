// What the declarations of commands share.
import type { Command } from "commander";

/** Gives a command its action, whose exit code the program ends with. */
export type On = (command: Command, action: (...args: readonly unknown[]) => number | Promise<number>) => void;

/** An option that may be repeated. */
export const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** The optional part of a value that commander has parsed; its types end here. */
export function options<T>(args: readonly unknown[], at: number): T {
  return args[at] as T;
}
