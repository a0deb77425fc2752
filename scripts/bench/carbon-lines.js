// Ten thousand observations of a server, end to end (read, compute, write) as whole processes: `archcost cases` with low,
// central and high against `if-run` of the Impact Framework, which computes one figure. Both read the same observations
// and must come to the same central figures. The peer is no dependency of the project: it is installed into a temporary folder.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { median, ROOT, wholeProcess } from "./_measure.js";

const OBSERVATIONS = 10_000;
const ROUNDS = 5;
const PEER = "@grnsft/if@1.1.0";

export function run() {
  const peer = installed();
  const folder = mkdtempSync(join(tmpdir(), "archcost-bench-"));
  const at = (name) => join(folder, name);
  const observations = Array.from({ length: OBSERVATIONS }, (_, i) => ({
    timestamp: new Date(Date.UTC(2026, 0, 1, i)).toISOString(),
    // No pattern that a program could make use of, and the same in every run.
    utilisation: Number((1 + 99 * ((i * 0.618033988749895) % 1)).toFixed(3)),
  }));
  writeFileSync(at("server.yaml"), SCENARIO);
  writeFileSync(
    at("observations.csv"),
    `timestamp,seen [s],utilisation [%]\n${observations.map(({ timestamp, utilisation }) => `${timestamp},3600,${utilisation}\n`).join("")}`,
  );
  const command = [join(ROOT, "bin/archcost.js"), "cases", at("server.yaml"), at("observations.csv")];
  const ours = [...command, "--label", "timestamp", "--output", at("ours.csv")];
  for (const figure of ["operational", "embodied", "month"]) ours.push("--result", `carbon.${figure}`);
  wholeProcess(ours);
  writeFileSync(at("manifest.yaml"), manifestOf(observations, lineOf(at("ours.csv"), observations)));
  const theirs = [peer, "--manifest", at("manifest.yaml"), "--output", at("theirs")];
  const off = compared(at, theirs);
  const rounds = Array.from({ length: ROUNDS }, () => ({ ours: wholeProcess(ours), theirs: wholeProcess(theirs) }));
  const ratio = (part) => median(rounds.map((round) => round.theirs[part] / round.ours[part]));
  console.log(
    `  ${OBSERVATIONS} observations: ${ratio("cpu").toFixed(1)} times as fast as if-run by CPU time (goal 5), 1/${ratio("memory").toFixed(1)} of its memory;`,
    `${median(rounds.map((round) => round.ours.cpu)).toFixed(2)} s against ${median(rounds.map((round) => round.theirs.cpu)).toFixed(2)} s; figures agree to ${off.toExponential(1)}`,
  );
  return [
    [`${OBSERVATIONS} observations of a server`, "1/5 CPU", `1/${ratio("cpu").toFixed(1)} CPU`, PEER],
    ["  their memory", "", `1/${ratio("memory").toFixed(1)}`, PEER],
  ];
}

function installed() {
  const folder = join(tmpdir(), `archcost-bench-peer-${PEER.replaceAll(/[^a-z0-9.]/g, "-")}`);
  const command = join(folder, "node_modules/@grnsft/if/build/if-run/index.js");
  if (existsSync(command)) return command;
  mkdirSync(folder, { recursive: true });
  console.log(`  installing ${PEER} into a temporary folder`);
  execFileSync("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder, PEER], {
    stdio: "ignore",
  });
  return command;
}

const SCENARIO = `
scenario: observations of a server
region: us-east-1
as_of: 2026-11-23
workload: { unit: observation, driver: observed, throughput: observed / 1 month }
variables: { observed: 1, seen: 3600 s, utilisation: 50% }
architectures:
  server:
    components:
      host: { service: aws/ec2, instance: m5.large, instances: seen / 1 month, cpu_utilisation: utilisation }
    omit: { instance-storage: not looked at, logs: not looked at, data-transfer: not looked at }
`;

/** Central operational and embodied kg of each observation, as archcost wrote them. */
function read(file) {
  const [header, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const names = header.split(",");
  const column = (name) => names.indexOf(`server.carbon.${name}.central`);
  return lines.map((line) => {
    const cells = line.split(",");
    return { operational: Number(cells[column("operational")]), embodied: Number(cells[column("embodied")]) };
  });
}

/** The straight line through the least and the most utilised observation: what a peer would be configured with. */
function lineOf(file, observations) {
  const found = read(file);
  const by = (pick) => observations.map(({ utilisation }) => utilisation).reduce((a, b) => (pick(a, b) ? a : b));
  const [low, high] = [by((a, b) => a < b), by((a, b) => a > b)].map((utilisation) => ({
    utilisation,
    ...found[observations.findIndex((o) => o.utilisation === utilisation)],
  }));
  const slope = (high.operational - low.operational) / (high.utilisation - low.utilisation);
  return {
    at0: low.operational - slope * low.utilisation,
    at100: low.operational + slope * (100 - low.utilisation),
    embodied: low.embodied,
  };
}

const PUE = 1.135;
const GRID = 0.379;

/** The same server for the peer: watts by utilisation, time, PUE, grid, what making it emitted, and the sum. */
function manifestOf(observations, { at0, at100, embodied }) {
  const watts = (kg) => (kg / PUE / GRID / 3600) * 3.6e6;
  const step = (name, method, config) =>
    `    ${name}: { method: ${method}, path: builtin, config: ${JSON.stringify(config)} }`;
  const multiply = (inputs, output) => ["Multiply", { "input-parameters": inputs, "output-parameter": output }];
  const times = (input, coefficient, output) => [
    "Coefficient",
    { "input-parameter": input, coefficient, "output-parameter": output },
  ];
  const interpolation = {
    method: "linear",
    x: [0, 100],
    y: [watts(at0), watts(at100)],
    "input-parameter": "cpu/utilization",
    "output-parameter": "watts",
  };
  const steps = [
    ["power", "Interpolation", interpolation],
    ["joules", ...multiply(["watts", "duration"], "joules")],
    ["kwh", ...times("joules", 1 / 3.6e6, "kwh")],
    ["pue", ...times("kwh", PUE, "energy")],
    ["operational", ...times("energy", GRID, "operational")],
    ["embodied", ...times("duration", embodied / 3600, "embodied")],
    ["carbon", "Sum", { "input-parameters": ["operational", "embodied"], "output-parameter": "carbon" }],
  ];
  const inputs = observations.map(
    ({ timestamp, utilisation }) =>
      `        - { timestamp: "${timestamp}", duration: 3600, cpu/utilization: ${utilisation} }`,
  );
  return `name: bench
description: observations of a server
initialize:
  plugins:
${steps.map(([name, method, config]) => step(name, method, config)).join("\n")}
tree:
  children:
    server:
      pipeline:
        compute: [${steps.map(([name]) => name).join(", ")}]
      inputs:
${inputs.join("\n")}
`;
}

/** @returns the greatest relative difference between the two programs' central figures */
function compared(at, theirs) {
  wholeProcess(theirs);
  const outputs = parse(readFileSync(at("theirs.yaml"), "utf8"), { maxAliasCount: -1 }).tree.children.server.outputs;
  const ours = read(at("ours.csv"));
  if (outputs.length !== OBSERVATIONS || ours.length !== OBSERVATIONS) throw new Error("observations are missing");
  const off = Math.max(
    ...outputs.map(({ operational, carbon }, i) =>
      Math.max(
        Math.abs(operational / ours[i].operational - 1),
        Math.abs(carbon / (ours[i].operational + ours[i].embodied) - 1),
      ),
    ),
  );
  if (!(off < 1e-9)) throw new Error(`the figures differ by ${off}`);
  return off;
}
