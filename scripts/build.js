// Builds dist/: prices as JSON, the command as one CommonJS file, the PNG writer apart from it, the page, fonts.
// Everything is made in memory first, so that a fault leaves the last build as it was.
// Why CommonJS and a code cache: docs/decisions/0007-start-up.md.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { LineCounter, parseDocument } from "yaml";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const DIST = join(ROOT, "dist");
const FONTS = ["latin-400", "latin-600", "latin-ext-400", "latin-ext-600"].map((part) => `inter-${part}-normal.woff2`);
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  write: false,
  metafile: true,
  logLevel: "silent",
  legalComments: "none",
  minifySyntax: true,
  minifyWhitespace: true,
  define: { ARCHCOST_VERSION: JSON.stringify(version) },
};
const FOR_NODE = {
  ...COMMON,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  charset: "ascii", // the command is read as latin1, the fastest way to a string of V8's
  external: ["@napi-rs/canvas"],
  // The command runs through vm.Script, which knows require but not import().
  supported: { "dynamic-import": false },
  define: { ...COMMON.define, "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
};

/** `import("../report/png.ts")` becomes a file of its own, so that charts cost nothing where none is drawn. */
const pngApart = {
  name: "png-apart",
  setup(plugin) {
    plugin.onResolve({ filter: /(^|\/)png\.ts$/ }, () => ({ path: "./png.cjs", external: true }));
  },
};

/**
 * `import { z } from "zod"` takes in every part and every language of zod, as esbuild does not look into a namespace
 * that is exported again; as a namespace import the same code is half the size and starts 6 ms sooner. A command checks
 * one result: schemas that are compiled first (zod's way unless told) take three times as long for it.
 */
const NAMESPACE = 'import * as z from "zod"; z.config({ jitless: true });';
const withNamespace = (code) => code.replace(/^import \{ z \} from "zod";/m, NAMESPACE);

const zodNamespace = {
  name: "zod-namespace",
  setup(plugin) {
    plugin.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path }) => ({
      contents: withNamespace(readFileSync(path, "utf8")),
      loader: "ts",
    }));
  },
};

/** These need schemas only where something is wrong, or written by hand. */
const RARELY_A_SCHEMA = ["catalog/catalog", "yaml/schema-problems", "scenario/read", "scenario/budgets-file"].map(
  (name) => `src/${name}.ts`,
);

/** Imports of schemas become late ones: zod is loaded when a name of theirs is first used. */
function schemasLate(code) {
  return code.replace(/^import \{([^}]*)\} from "(\.\/schema(?:-keys)?\.ts)";([\s\S]*)/m, (_, names, module, rest) => {
    const values = names.split(",").map((name) => name.trim());
    const used = values.filter((name) => name !== "" && !name.startsWith("type "));
    const late = rest.replace(new RegExp(`\\b(${used.join("|")})\\b`, "g"), "schemas().$1");
    return `import type { ${values.map((name) => name.replace("type ", "")).join(", ")} } from "${module}";
const schemas = () => require("${module}");${late}`;
  });
}

/** The command without zod on its way: schemas late, and the shape of a scenario as data. */
function withoutZod(shape) {
  return {
    name: "without-zod",
    setup(plugin) {
      const filter = new RegExp(`[/\\\\](${RARELY_A_SCHEMA.join("|").replaceAll("/", "[/\\\\]")})$`);
      plugin.onLoad({ filter }, ({ path }) => ({
        contents: schemasLate(readFileSync(path, "utf8")),
        loader: "ts",
      }));
      plugin.onLoad({ filter: /[/\\]scenario-shape\.ts$/ }, () => ({
        contents: `export const scenarioShape = ${JSON.stringify(shape)};`,
        loader: "ts",
      }));
    },
  };
}

/** commander wants it for subcommands that are programs of their own; we have none, and it takes 3 ms to load. */
const noChildProcess = {
  name: "no-child-process",
  setup(plugin) {
    plugin.onResolve({ filter: /^node:child_process$/ }, ({ importer, path }) =>
      /[/\\]commander[/\\]/.test(importer) ? { path, namespace: "empty" } : undefined,
    );
    plugin.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "", loader: "js" }));
  },
};

/** chartjs-node-canvas asks for `canvas` through require.resolve, which a bundle does not follow. */
const canvasAlias = {
  name: "canvas-alias",
  setup(plugin) {
    plugin.onLoad({ filter: /chartjs-node-canvas[/\\]dist[/\\]freshRequire\.js$/ }, () => ({
      contents:
        'exports.freshRequire = (name) => { if (name !== "canvas") throw new Error(name); return require("canvas"); };',
      loader: "js",
    }));
    plugin.onResolve({ filter: /^canvas$/ }, () => ({ path: "@napi-rs/canvas", external: true }));
  },
};

async function commandFiles() {
  const { scenarioShape } = await evaluated("src/scenario/scenario-shape.ts");
  const { outputFiles, metafile } = await build({
    ...FOR_NODE,
    entryPoints: ["src/cli/main.ts"],
    plugins: [pngApart, withoutZod(scenarioShape), zodNamespace, noChildProcess],
  });
  const moved = RARELY_A_SCHEMA.find((path) => !Object.hasOwn(metafile.inputs, path));
  if (moved !== undefined) throw new Error(`${moved} is not in the command: it would load zod at every start`);
  const heavy = Object.keys(metafile.inputs).find((input) => /\/(chart\.js|chartjs-node-canvas)\//.test(input));
  if (heavy !== undefined) throw new Error(`${heavy} is in the command: load src/report/png.ts by import() only`);
  const code = outputFiles[0].text;
  // bin/archcost.js reads the hash from the first bytes: it names the code cache.
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 16);
  return new Map([["archcost.cjs", `/*${hash}*/${code}`]]);
}

async function pngFiles() {
  const { outputFiles } = await build({ ...FOR_NODE, entryPoints: ["src/report/png.ts"], plugins: [canvasAlias] });
  return new Map([["png.cjs", outputFiles[0].text]]);
}

/** What runs inside the HTML report: its program, and what starts it. */
async function pageFiles() {
  const bundle = async (name) => {
    const { outputFiles } = await build({
      ...COMMON,
      entryPoints: [`src/page/${name}.ts`],
      platform: "browser",
      target: "es2022",
      format: "iife",
      minify: true,
      plugins: [zodNamespace],
    });
    return outputFiles[0].text;
  };
  const names = ["plain-page", "budgeted-page", "planned-page", "budgeted-planned-page", "loader"];
  return new Map(await Promise.all(names.map(async (name) => [`${name}.js`, await bundle(name)])));
}

/** pricing/**.yaml as JSON, and an index: service id -> the regions that have rates. */
async function pricingFiles() {
  const schemaOf = await pricingSchemas();
  const folder = join(ROOT, "pricing");
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
  const files = new Map();
  const faults = [];
  for (const path of paths) {
    const lineCounter = new LineCounter();
    const document = parseDocument(readFileSync(join(folder, path), "utf8"), { lineCounter, prettyErrors: false });
    for (const { pos, message } of [...document.errors, ...document.warnings]) {
      const { line, col } = lineCounter.linePos(pos[0]);
      faults.push(`pricing/${path}:${line}:${col}: error: ${message}`);
    }
    if (document.errors.length > 0) continue;
    const checked = schemaOf(path)?.safeParse(document.toJS());
    if (checked === undefined) continue; // cases.yaml is for tests
    for (const issue of checked.error?.issues ?? []) {
      const node = document.getIn(issue.path, true)?.range?.[0] ?? 0;
      const { line, col } = lineCounter.linePos(node);
      faults.push(`pricing/${path}:${line}:${col}: error: ${issue.path.join(".")}: ${issue.message}`);
    }
    files.set(`pricing/${path.replace(/\.yaml$/, ".json")}`, JSON.stringify(checked.data));
  }
  if (faults.length > 0) throw new Error(faults.join("\n"));
  const index = {};
  for (const path of paths) {
    const service = /^(.+)\/service\.yaml$/.exec(path)?.[1];
    if (service === undefined) continue;
    const rates = paths.filter((other) => other.startsWith(`${service}/rates/`));
    index[service] = rates.map((other) => other.slice(`${service}/rates/`.length, -".yaml".length));
  }
  return files.set("pricing/index.json", JSON.stringify(index));
}

/** What a module of ours exports. */
async function evaluated(entry) {
  const { outputFiles } = await build({ ...FOR_NODE, format: "esm", entryPoints: [entry] });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
}

/** The catalog's own schemas, so that what is compiled has passed them and holds their defaults. */
async function pricingSchemas() {
  const module = await evaluated("src/catalog/schema.ts");
  const { leverSchema } = await evaluated("src/scenario/schema.ts");
  // The file as the catalog reads it, then each lever in the form that a scenario's have.
  const levers = module.leversFileSchema.superRefine(({ levers: all }, context) => {
    for (const [name, lever] of Object.entries(all)) {
      const checked = leverSchema.safeParse(lever);
      for (const { path, message } of checked.error?.issues ?? []) {
        context.addIssue({ code: "custom", path: ["levers", name, ...path], message });
      }
    }
  });
  const schemas = [
    [/\/levers\.yaml$/, levers],
    [/\/service\.yaml$/, module.serviceSchema],
    [/\/rates\/[^/]+\.yaml$/, module.ratesSchema],
    [/\/quotas\.yaml$/, module.quotasSchema],
    [/\/tables\/[^/]+\.yaml$/, module.tableSchema],
    [/\/regions\.yaml$/, module.regionsSchema],
    [/\/sources\.yaml$/, module.sourcesSchema],
    [/\/sites\.yaml$/, module.sitesSchema],
    [/^carbon\/sets\.yaml$/, module.carbonSetsSchema],
    [/^carbon\/[^/]+\.yaml$/, module.carbonSetSchema],
  ];
  return (path) => schemas.find(([pattern]) => pattern.test(path))?.[1];
}

/** Starters of `archcost init`: scenarios that run and are tested like every other. */
function templateFiles() {
  const folder = join(ROOT, "scenarios", "templates");
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const files = new Map(names.map((name) => [`templates/${name}`, readFileSync(join(folder, name), "utf8")]));
  // Worked scenarios that are starters too.
  files.set("templates/company.yaml", readFileSync(join(ROOT, "scenarios", "order-company.yaml"), "utf8"));
  return files.set("templates/prime-video.yaml", readFileSync(join(ROOT, "scenarios", "prime-video.yaml"), "utf8"));
}

function fontFiles() {
  const folder = dirname(createRequire(import.meta.url).resolve("@fontsource/inter/package.json"));
  const files = new Map(FONTS.map((file) => [`fonts/${file}`, readFileSync(join(folder, "files", file))]));
  return files.set("fonts/LICENSE", readFileSync(join(folder, "LICENSE")));
}

/** One run of the main job leaves V8's code cache in dist/cache, so that already the first call in a clone is fast. */
function warmUp() {
  const scenario = "scenarios/prime-video.yaml";
  const { status } = spawnSync(process.execPath, ["bin/archcost.js", "run", scenario], {
    cwd: ROOT,
    env: { ...process.env, ARCHCOST_CACHE: join(DIST, "cache") },
    stdio: "ignore",
  });
  return status === 0 ? "with code cache" : `no code cache, as running ${scenario} ends with ${status}`;
}

async function main() {
  const start = performance.now();
  const prices = await pricingFiles();
  const parts = [
    prices,
    templateFiles(),
    fontFiles(),
    ...(await Promise.all([commandFiles(), pngFiles(), pageFiles()])),
  ];
  rmSync(DIST, { recursive: true, force: true });
  for (const [path, content] of parts.flatMap((files) => [...files])) {
    mkdirSync(dirname(join(DIST, path)), { recursive: true });
    writeFileSync(join(DIST, path), content);
  }
  const cache = warmUp();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`dist: ${prices.size} price files, command, PNG writer, fonts, ${cache}, ${seconds} s`);
}

main().catch((fault) => {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exitCode = 1;
});
