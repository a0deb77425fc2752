import { z } from "zod";
import type { Catalog } from "../catalog/catalog.ts";
import { nearService } from "../catalog/near-service.ts";
import { type Parameter, quotasSchema, ratesSchema, serviceSchema, tableSchema } from "../catalog/schema.ts";
import { InputError, Problems } from "../diagnostic/diagnostic.ts";
import { suggest } from "../diagnostic/suggest.ts";
import { checkSchema, diffSchema } from "../result/check.ts";
import { leversResultSchema } from "../result/levers.ts";
import { ROLES } from "../result/roles.ts";
import { resultSchema } from "../result/schema.ts";
import { budgetsFileSchema, componentKeysSchema, scenarioSchema } from "../scenario/schema.ts";
import { openCatalog } from "./load.ts";
import { EXIT, type Io } from "./process.ts";

type Json = Readonly<Record<string, unknown>>;

const FORMULA: Json = { type: ["number", "string"], description: "number, literal with unit, or formula" };

const WORDS = ["scenario", "component", "result", "levers", "budgets", "check", "diff"];

/** The files of prices that users may write: docs/pricing.md. */
const PRICE_FILES: Readonly<Record<string, z.ZodType>> = {
  service: serviceSchema,
  rates: ratesSchema,
  quotas: quotasSchema,
  table: tableSchema,
};

/** `archcost schema [scenario|result|rates|SERVICE]`: JSON Schema made from the zod schemas and the services' parameters. */
export function schemaCommand(what: string, options: { readonly pricing?: readonly string[] }, io: Io): number {
  const problems = new Problems();
  const catalog = openCatalog(options.pricing ?? [], problems);
  const schema = schemaOf(what, catalog, problems);
  if (schema === undefined || problems.hasErrors) throw new InputError(problems.list);
  io.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
  return EXIT.fine;
}

function schemaOf(what: string, catalog: Catalog, problems: Problems): Json | undefined {
  if (what === "result") return { title: "archcost result", ...z.toJSONSchema(resultSchema) };
  if (what === "levers") return { title: "archcost levers", ...z.toJSONSchema(leversResultSchema) };
  if (what === "check") return { title: "archcost check", ...z.toJSONSchema(checkSchema) };
  if (what === "diff") return { title: "archcost diff", ...z.toJSONSchema(diffSchema) };
  if (what === "budgets") return { title: "archcost budgets", ...z.toJSONSchema(budgetsFileSchema, { io: "input" }) };
  const file = Object.hasOwn(PRICE_FILES, what) ? PRICE_FILES[what] : undefined;
  if (file !== undefined) return { title: `archcost ${what} file`, ...z.toJSONSchema(file, { io: "input" }) };
  if (what === "scenario") return scenarioJsonSchema(catalog);
  if (what === "component") {
    return { title: "archcost component", ...z.toJSONSchema(componentKeysSchema, { io: "input" }) };
  }
  if (catalog.serviceIds().includes(what)) {
    const own = componentSchema(catalog, what);
    return { title: what, ...own, properties: { ...componentKeys(), ...own.properties } };
  }
  const words = [...WORDS, ...Object.keys(PRICE_FILES)];
  const near = suggest(what, words);
  const meant = near === undefined ? nearService(what, catalog.serviceIds()) : `did you mean "${near}"?`;
  const hint = meant ?? `say ${words.join(", ")} or a service such as aws/lambda`;
  problems.error("unknown-schema", `no schema "${what}"`, undefined, hint);
  return undefined;
}

/** The scenario's schema with one branch a service for components, so that editors complete its parameters. */
function scenarioJsonSchema(catalog: Catalog): Json {
  const base = z.toJSONSchema(scenarioSchema, { io: "input" });
  // Savings and support plans meter nothing themselves: they are no components.
  const metered = catalog.serviceIds().filter((id) => Object.keys(catalog.service(id)?.data.meters ?? {}).length > 0);
  const services = [...metered, "custom/line"];
  const branches = services.map((id) => ({
    if: { type: "object", properties: { service: { const: id } }, required: ["service"] },
    // biome-ignore lint/suspicious/noThenProperty: `then` is JSON Schema's word
    then: id === "custom/line" ? customLineSchema() : componentSchema(catalog, id),
  }));
  const keys = componentKeys();
  const component = {
    anyOf: [
      { type: "null" },
      {
        type: "object",
        properties: { ...keys, service: Object.assign({}, keys["service"], { enum: services }) },
        allOf: branches,
      },
    ],
  };
  const text = JSON.stringify(base, (key, value: unknown) =>
    key === "components" ? withComponents(value, component) : value,
  );
  return { title: "archcost scenario", ...(JSON.parse(text) as Json) };
}

/** The keys that every component may have, whatever its service. */
function componentKeys(): Json {
  return z.toJSONSchema(componentKeysSchema, { io: "input" }).properties ?? {};
}

function withComponents(value: unknown, component: Json): unknown {
  return typeof value === "object" && value !== null && "additionalProperties" in value
    ? { ...value, additionalProperties: component }
    : value;
}

function componentSchema(catalog: Catalog, id: string): { readonly description: string; readonly properties: Json } {
  const service = catalog.service(id);
  const parameters = Object.entries(service?.data.parameters ?? {});
  return {
    description: service?.data.title ?? id,
    properties: Object.fromEntries(
      parameters.map(([name, parameter]) => [name, parameterSchema(parameter, catalog, id)]),
    ),
  };
}

function parameterSchema(parameter: Parameter, catalog: Catalog, id: string): Json {
  const unit = parameter.unit === undefined ? "" : ` [${parameter.unit}]`;
  const description = `${parameter.doc}${unit}`;
  const fallback = parameter.default === undefined ? {} : { default: parameter.default };
  if (parameter.one_of !== undefined) return { type: "string", description, ...fallback, examples: parameter.one_of };
  if (parameter.table !== undefined) {
    const keys = catalog.table(id.split("/")[0] ?? "", parameter.table)?.keys ?? [];
    return { type: "string", description, ...fallback, examples: keys };
  }
  return { ...FORMULA, description, ...fallback };
}

function customLineSchema(): Json {
  return {
    description: "anything that is billed and not modelled",
    required: ["price", "role", "source", "reason"],
    properties: {
      quantity: FORMULA,
      flow: FORMULA,
      unit: { type: "string" },
      price: { type: ["number", "string"], description: "USD per unit" },
      role: { type: "string", enum: ROLES },
      source: { type: "string" },
      reason: { type: "string" },
    },
  };
}
