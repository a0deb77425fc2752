// A step of action.yml: the outputs of the action from the JSON of the check. Without one the input was wrong.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(process.env.RUNNER_TEMP ?? "", "archcost");
const file = join(folder, "check.json");
const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
const [first] = report?.scenarios ?? [];
const outputs = {
  verdict: report?.verdict ?? "error",
  cheapest: first?.cheapest ?? "",
  "monthly-cost": first?.cost.find(({ architecture }) => architecture === first.cheapest)?.month ?? "",
  "report-path": report === undefined ? "" : folder,
};
// A line break in a value would begin another output.
const lines = Object.entries(outputs).map(([name, value]) => `${name}=${String(value).replaceAll(/[\r\n]/g, " ")}\n`);
appendFileSync(process.env.GITHUB_OUTPUT ?? "", lines.join(""));
