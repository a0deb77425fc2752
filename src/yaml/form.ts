import type { Problems } from "../diagnostic/diagnostic.ts";

/**
 * What a file is by its form: one of these keys stands at its top. A link in a pull request may lead to any file of the machine
 * that checks it, and a message shows lines only of a file that is what it was taken for.
 */
export type Form = { readonly name: string; readonly keys: readonly string[] };

/** Whether a text has a form: by its data as far as it could be read, else by a line that begins with such a key. */
export function hasForm({ keys }: Form, data: unknown, text: string): boolean {
  if (typeof data === "object" && data !== null && keys.some((key) => key in data)) return true;
  const name = keys.join("|");
  return new RegExp(`^\\ufeff?(?:\\{?\\s*["'](?:${name})["']|(?:\\{\\s*)?(?:${name}))[ \\t]*:`, "m").test(text);
}

export function reportForm(file: string, { name, keys }: Form, problems: Problems): void {
  const hint = `it begins with ${keys.map((key) => `${key}:`).join(" or ")}; no line of another file is shown`;
  problems.error("other-file", `${file} is not ${name}`, undefined, hint);
}
