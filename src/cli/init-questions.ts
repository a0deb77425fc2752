import { createInterface } from "node:readline/promises";
import { suggest } from "../diagnostic/suggest.ts";
import { type Answers, DATABASES, PLANS } from "./init-scenario.ts";
import { type Io, today } from "./process.ts";

/** What a question takes: the answer, or what is wrong with it as a sentence. */
type Reader<T> = (text: string) => { readonly value: T } | string;

type Question<T> = { readonly text: string; readonly fallback: string; readonly read: Reader<T> };

/** Asks one question after the other on a terminal. A class because it holds the terminal while it asks. */
class Asker {
  readonly #lines: AsyncIterator<string>;
  readonly #io: Io;

  constructor(lines: AsyncIterator<string>, io: Io) {
    this.#lines = lines;
    this.#io = io;
  }

  /** Asks until the answer can be read; an empty one takes what is in brackets. Throws when the input ends. */
  async ask<T>({ text, fallback, read }: Question<T>): Promise<T> {
    for (;;) {
      this.#io.stderr.write(`${text} [${fallback}] `);
      const line = await this.#lines.next();
      if (line.done === true) throw new EndOfInput();
      const answer = line.value.trim();
      const found = read(answer === "" ? fallback : answer);
      if (typeof found !== "string") return found.value;
      this.#io.stderr.write(`  ${found}\n`);
    }
  }
}

/** The input ended before all questions were answered. */
export class EndOfInput extends Error {}

/**
 * A handful of questions on a terminal.
 * @param regions those that have prices
 * @throws EndOfInput
 */
export async function askForScenario(io: Io, regions: readonly string[]): Promise<Answers> {
  const input = io.stdin;
  if (input === undefined) throw new EndOfInput();
  const terminal = createInterface({ input, terminal: false });
  const asker = new Asker(terminal[Symbol.asyncIterator](), io);
  try {
    io.stderr.write("A few questions; Enter takes what is in brackets, Ctrl-C writes nothing.\n");
    const name = await asker.ask({ text: "What is it called?", fallback: "Shop API", read: words });
    const unit = await asker.ask({ text: "What is one piece of its work?", fallback: "order", read: words });
    const perDay = await asker.ask({ text: `How many ${unit}s a day?`, fallback: "30000", read: positive });
    const calls = await asker.ask({
      text: `How many API calls does one ${unit} take?`,
      fallback: "10",
      read: positive,
    });
    const region = await asker.ask({ text: "In which region?", fallback: "us-east-1", read: oneOf(regions, 8) });
    const database = await asker.ask({
      text: `Which database (${DATABASES.join(", ")})?`,
      fallback: "aurora",
      read: oneOf(DATABASES, 8),
    });
    const environments = await asker.ask({
      text: "Environments besides production (names, or none)?",
      fallback: "test, staging",
      read: names,
    });
    const accounts =
      environments.length > 0 &&
      (await asker.ask({ text: "In an account of their own?", fallback: "yes", read: yesOrNo }));
    const support = await asker.ask({
      text: `Support plan (${PLANS.join(", ")})?`,
      fallback: "business-support-plus",
      read: oneOf(PLANS, 8),
    });
    const currency = await asker.ask({
      text: "A second currency, with its units for one USD (e.g. EUR 0.9), or none?",
      fallback: "none",
      read: money,
    });
    return { name, unit, perDay, calls, region, database, environments, accounts, support, currency, today: today(io) };
  } finally {
    terminal.close();
  }
}

function words(text: string): { readonly value: string } | string {
  return /^[\p{L}\p{N} ,.'&()/_-]{1,60}$/u.test(text) ? { value: text } : "letters, digits and blanks, 60 at most";
}

function positive(text: string): { readonly value: number } | string {
  const value = Number(text.replaceAll(/[_,](?=\d{3})/g, ""));
  return Number.isFinite(value) && value > 0 ? { value } : "a number above 0, e.g. 30000";
}

function yesOrNo(text: string): { readonly value: boolean } | string {
  if (/^y(es)?$/i.test(text)) return { value: true };
  return /^no?$/i.test(text) ? { value: false } : "yes or no";
}

function oneOf<T extends string>(options: readonly T[], most: number): Reader<T> {
  return (text) => {
    const found = options.find((option) => option === text.toLowerCase());
    if (found !== undefined) return { value: found };
    const near = suggest(text, options);
    if (near !== undefined) return `there is no "${text}"; did you mean ${near}?`;
    const more = options.length > most ? ", ..." : "";
    return `there is no "${text}"; there are ${options.slice(0, most).join(", ")}${more}`;
  };
}

function names(text: string): { readonly value: readonly string[] } | string {
  if (/^(none|no|-)$/i.test(text)) return { value: [] };
  const list = text.split(/[\s,]+/).filter((name) => name !== "" && name !== "production");
  const odd = list.find((name) => !/^[a-z][a-z0-9_-]{0,30}$/.test(name));
  if (odd !== undefined) return `"${odd}" is no name: lower-case letters, digits, _ and -`;
  return list.length <= 10 ? { value: [...new Set(list)] } : "ten at most";
}

function money(text: string): { readonly value: Answers["currency"] } | string {
  if (/^(none|no|usd|-)$/i.test(text)) return { value: undefined };
  const [, code = "", rate = ""] = /^([A-Za-z]{3})\s+(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const value = Number(rate);
  return code !== "" && value > 0 ? { value: { code: code.toUpperCase(), rate: value } } : "e.g. EUR 0.9, or none";
}
