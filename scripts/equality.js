// Whether two checkouts say the same: every command over many scenarios, compared to the last digit; and the pages of
// their reports after moved sliders. For changes of structure, which are to change nothing else.
//   node scripts/equality.js OLD NEW [--cases DIR] [--generated N] [--pages N] [--only TEXT]
// JSON is compared without the order of its keys; text, Markdown and CSV byte by byte. Exit 1 where anything differs.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: "string" },
    generated: { type: "string", default: "0" },
    pages: { type: "string", default: "0" },
    only: { type: "string", default: "" },
  },
});
const [old, now] = positionals.map((folder) => resolve(folder));
if (old === undefined || now === undefined) throw new Error("name two checkouts");
const work = mkdtempSync(join(tmpdir(), "archcost-equality-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

/** Commands for a scenario; `architectures` are those that it has. */
function commandsFor(file, architectures) {
  return [
    ...["table", "json", "markdown", "csv", "focus", "memo"].map((format) => ["run", file, "--format", format]),
    ["run", file, "--load", "5%", "--format", "json"],
    ["sensitivity", file, "--format", "json"],
    ["breakeven", file, "--format", "json"],
    ["uncertainty", file, "--format", "json", "--samples", "4096"],
    ["economics", file, "--format", "json"],
    ["plan", file, "--format", "json"],
    ["levers", file, "--format", "json"],
    ["simulate", file, "--format", "json"],
    ["budget", "init", file],
    ...architectures.flatMap((name) => [
      ["explain", file, name],
      ["explain", file, name, "--carbon"],
    ]),
  ];
}

function run(root, argv) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, "bin/archcost.js"), ...argv], {
      cwd: work,
      env: { ...process.env, ARCHCOST_TODAY: "2026-11-23", COLUMNS: "100", NO_COLOR: "1" },
    });
    const said = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"]) child[stream].on("data", (chunk) => (said[stream] += chunk));
    child.on("close", (code) => done({ code, text: `${canonical(said.stdout)}\n${said.stderr}` }));
  });
}

/** JSON with its keys in order; other text as it is. */
function canonical(text) {
  try {
    return JSON.stringify(sorted(JSON.parse(text)), null, 1);
  } catch {
    return text;
  }
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

function firstDifference(a, b) {
  const [left, right] = [a.split("\n"), b.split("\n")];
  const at = left.findIndex((line, i) => line !== right[i]);
  const place = at < 0 ? left.length : at;
  return `line ${place + 1}\n    old: ${left[place] ?? "(end)"}\n    new: ${right[place] ?? "(end)"}`;
}

const scenarios = [
  ...yamlIn(join(now, "scenarios")),
  ...(values.cases === undefined ? [] : yamlIn(resolve(values.cases))),
];
function yamlIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(folder, name));
}

/** Scenarios made of the shipped ones: another load, other values within the ranges, one architecture or all. */
function generated(count) {
  const shipped = yamlIn(join(now, "scenarios"));
  let state = 20230322;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => {
    const file = shipped[Math.floor(random() * shipped.length)];
    const text = readFileSync(file, "utf8");
    const ranges = [
      ...text.matchAll(/^ {2}([a-z][a-z0-9_]*): \{ (?:value|typical): ([^,]+), low: ([^,]+), high: ([^,}]+)/gm),
    ];
    const set = ranges.flatMap(([, name, , low, high]) => {
      const end = random() < 0.5 ? low : high;
      return random() < 0.3 ? ["--set", `${name}=${end.trim()}`] : [];
    });
    const load = `${Math.round(10 ** (random() * 3 - 1) * 100)}%`;
    return ["run", file, "--format", "json", "--load", load, ...set];
  });
}

const jobs = [];
for (const file of scenarios) {
  const text = readFileSync(file, "utf8");
  const names = [
    ...(/^architectures:\n([\s\S]*?)(?=^\S|$(?![\s\S]))/m.exec(text)?.[1] ?? "").matchAll(/^ {2}([\w-]+):/gm),
  ];
  jobs.push(
    ...commandsFor(
      file,
      names.map(([, name]) => name),
    ),
  );
}
jobs.push(...generated(Number(values.generated)));

let compared = 0;
let different = 0;
const queue = jobs.filter((argv) => argv.join(" ").includes(values.only));
async function worker() {
  for (let argv = queue.shift(); argv !== undefined; argv = queue.shift()) {
    const [a, b] = [await run(old, argv), await run(now, argv)];
    compared += 1;
    const [left, right] = [a.text, b.text];
    if (a.code === b.code && left === right) continue;
    different += 1;
    console.log(
      `DIFFERENT: archcost ${argv.map((arg) => arg.replace(`${now}/`, "")).join(" ")}  (exit ${a.code}, ${b.code})`,
    );
    console.log(`  ${firstDifference(left, right)}`);
  }
}
await Promise.all(cpus().map(worker));

/** What a page shows after sliders have moved, as text. */
async function pages(count) {
  const { openPages } = await import("./equality-pages.js");
  for (const file of yamlIn(join(now, "scenarios"))) {
    const reports = [];
    for (const root of [old, now]) {
      const folder = join(work, `${basename(root)}-${basename(file, ".yaml")}`);
      await run(root, ["run", file, "--output", folder]);
      if (existsSync(join(folder, "report.html"))) reports.push(join(folder, "report.html"));
    }
    if (reports.length < 2) continue;
    for (const { settings, texts } of await openPages(reports, count)) {
      compared += 1;
      if (texts[0] === texts[1]) continue;
      different += 1;
      console.log(`DIFFERENT: page of ${basename(file)} at #${settings}\n  ${firstDifference(texts[0], texts[1])}`);
    }
  }
}
if (Number(values.pages) > 0) await pages(Number(values.pages));
console.log(`${compared} compared, ${different} different`);
process.exitCode = different === 0 ? 0 : 1;
writeFileSync(join(work, "done"), "");
