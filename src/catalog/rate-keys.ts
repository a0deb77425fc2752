// Which rate keys a service can ask for: a price under another key would never be used.
import { parseFormula } from "../formula/parse.ts";
import type { Expr } from "../formula/syntax.ts";
import type { KnownPrices, LoadedService } from "./files.ts";

const PARAMETER = /\{([a-z][a-z0-9_]*)\}/;
/** Keys listed for a suggestion at most. */
const MOST = 5_000;

/** Whether a service, or another one that uses its prices, can ask for a key. A service without meters takes any. */
export function isRateKey(key: string, service: LoadedService, catalog: KnownPrices): boolean {
  const templates = templatesOf(service);
  if (templates.length === 0 || templates.some((template) => matches(key, template, service, catalog))) return true;
  if (catalog.rateFiles(service.id, "built-in").some((file) => Object.hasOwn(file.rates, key))) return true;
  return catalog.serviceIds().some((id) => {
    const other = catalog.service(id);
    const used = Object.values(other?.data.meters ?? {}).flatMap(({ use }) => use ?? []);
    const own = used.filter((use) => use.startsWith(`${service.id}#`)).map((use) => use.slice(service.id.length + 1));
    return other !== undefined && own.some((template) => matches(key, template, other, catalog));
  });
}

/** The keys that a service can ask for, as far as they can be listed: for suggestions. */
export function rateKeys(service: LoadedService, catalog: KnownPrices): readonly string[] {
  const listed = templatesOf(service).flatMap((template) => expanded([template], service, catalog));
  return [
    ...new Set([...listed, ...catalog.rateFiles(service.id, "built-in").flatMap((file) => Object.keys(file.rates))]),
  ];
}

function templatesOf({ data }: LoadedService): readonly string[] {
  return Object.entries(data.meters).flatMap(([name, { rate, use }]) => (use === undefined ? [rate ?? name] : []));
}

function expanded(keys: readonly string[], service: LoadedService, catalog: KnownPrices): readonly string[] {
  const name = PARAMETER.exec(keys[0] ?? "")?.[1];
  if (name === undefined) return keys;
  const words = wordsOf(name, service, catalog);
  if (words === undefined || words.length * keys.length > MOST) return [];
  return expanded(
    keys.flatMap((key) => words.map((word) => key.replaceAll(`{${name}}`, word))),
    service,
    catalog,
  );
}

function matches(key: string, template: string, service: LoadedService, catalog: KnownPrices): boolean {
  const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = template.split(PARAMETER).map((part, at) => {
    if (at % 2 === 0) return literal(part);
    const words = wordsOf(part, service, catalog);
    return words === undefined ? ".+" : `(?:${words.map(literal).join("|")})`;
  });
  return new RegExp(`^${pattern.join("")}$`).test(key);
}

/** The words that a name in a key can stand for; undefined where the service does not say. */
function wordsOf(name: string, service: LoadedService, catalog: KnownPrices): readonly string[] | undefined {
  const parameter = service.data.parameters[name];
  const formula = Object.hasOwn(service.data.let, name) ? service.data.let[name] : undefined;
  if (parameter?.one_of !== undefined) return parameter.one_of;
  if (parameter?.table !== undefined) return catalog.table(providerOf(service), parameter.table)?.keys;
  const parsed = formula === undefined ? undefined : parseFormula(String(formula));
  const words = parsed !== undefined && "expr" in parsed ? wordsIn(parsed.expr, service, catalog) : [];
  return words.length === 0 ? undefined : words;
}

/** Every word that a formula may give, and perhaps more. */
function wordsIn(expr: Expr, service: LoadedService, catalog: KnownPrices): readonly string[] {
  const of = (part: Expr): readonly string[] => wordsIn(part, service, catalog);
  switch (expr.kind) {
    case "text":
      return [expr.value];
    case "name":
      return wordsOf(expr.path.join("."), service, catalog) ?? [];
    case "lookup": {
      const table = catalog.table(providerOf(service), expr.table);
      const cells = (table?.keys ?? []).map((key) => table?.cell(key, expr.column)?.value);
      return [...new Set(cells.filter((cell) => typeof cell === "string"))];
    }
    case "call":
      return expr.args.flatMap(of);
    case "binary":
      return [expr.left, expr.right].flatMap(of);
    default:
      return [];
  }
}

function providerOf({ id }: LoadedService): string {
  return id.split("/")[0] ?? "";
}
