import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { type NumberStyle, numberStyle } from "../result/locale.ts";

/** What a slip of the pen is compared with; every language that Intl knows is taken. */
const COMMON = [
  "en-US",
  "en-GB",
  "en-IN",
  "de-DE",
  "de-CH",
  "fr-FR",
  "es-ES",
  "it-IT",
  "pt-BR",
  "pl-PL",
  "sv-SE",
  "ja-JP",
];

/** How `--locale` writes numbers. Throws InputError for what is no language that is known. */
export function chosenLocale(tag: string): NumberStyle {
  const found = numberStyle(tag);
  if (found !== undefined) return found;
  const problems = new Problems();
  const dashed = tag.replaceAll("_", "-");
  const near = numberStyle(dashed) === undefined ? suggest(tag, COMMON) : dashed;
  const hint =
    near === undefined ? "write a language and a country, such as en-US or de-DE" : `did you mean "${near}"?`;
  problems.error("bad-option", `--locale: no data for "${tag}"`, undefined, hint);
  throw new InputError(problems.list);
}
