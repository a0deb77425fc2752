// Imports point one way. The table is the right-hand column of docs/ARCHITECTURE.md.
const MAY_IMPORT = {
  diagnostic: [],
  yaml: ["diagnostic"],
  formula: ["diagnostic"],
  result: ["formula"],
  catalog: ["diagnostic", "yaml", "formula", "result"],
  scenario: ["diagnostic", "yaml", "formula"],
  model: ["diagnostic", "formula", "result"],
  link: ["diagnostic", "yaml", "formula", "catalog", "scenario", "model", "result"],
  figures: ["diagnostic", "formula", "model", "result"],
  // Its formulas over results are read by what reads those of scenarios.
  analysis: ["diagnostic", "formula", "model", "figures", "result", "link/linker"],
  levers: ["diagnostic", "yaml", "formula", "catalog", "scenario", "link", "model", "figures", "analysis", "result"],
  budget: ["diagnostic", "yaml", "formula", "result"],
  report: ["formula", "result"],
  page: ["diagnostic", "formula", "model", "figures", "analysis", "budget", "report", "result"],
  io: ["diagnostic"],
  // Rooms kept free: scenarios out of what is deployed, and results beside what was billed.
  import: ["diagnostic", "yaml", "formula", "catalog", "scenario", "result"],
  bill: ["diagnostic", "formula", "catalog", "result", "model"],
  cli: [".*"],
};
const SHELL = ["io", "cli", "report/png", "report/sha256"]; // the only ones that may import node: modules
module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(([layer, ok]) => ({
      name: `layer-${layer}`,
      severity: "error",
      comment: `${layer} may import only: ${ok.join(", ") || "nothing of ours"}`,
      from: { path: `^src/${layer}/` },
      to: { path: "^src/", pathNot: [layer, ...ok].map((a) => `^src/${a}[/.]`) },
    })),
    {
      name: "no-room",
      severity: "error",
      comment: "a folder that is not in the table may be imported by all and import all: give it a line",
      from: { path: "^src/", pathNot: Object.keys(MAY_IMPORT).map((a) => `^src/${a}/`) },
      to: {},
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "pure-core",
      severity: "error",
      comment:
        "node: modules only in io, cli, the PNG writer and the hash of what is written, so that everything else runs in a browser",
      from: { path: "^src/", pathNot: SHELL.map((a) => `^src/${a}`) },
      to: { dependencyTypes: ["core"] },
    },
    { name: "no-test-in-src", severity: "error", from: { path: "^src/" }, to: { path: "^test/" } },
    { name: "not-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
  },
};
