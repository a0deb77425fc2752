import type { ComponentTask } from "./component-task.ts";
import type { Written } from "./linker.ts";

/**
 * A formula of a component's service. What is wrong with one of the user's own services is shown where it is written;
 * a built-in one is right, so that the component's values are what it cannot work with: shown at the component.
 */
export function serviceFormula(
  { service, scenario, spec }: Pick<ComponentTask, "service" | "scenario" | "spec">,
  path: readonly string[],
  text: string | number,
): Written {
  const shown = String(text);
  if (!service.builtIn) return { text, place: (span) => service.place(path, shown, span) };
  const place = () => scenario.source.place(spec.path("service"));
  return { text, place, within: `${service.id} computes ${path.join(".")} = ${shown}` };
}
