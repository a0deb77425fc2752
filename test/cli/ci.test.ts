// The action, the hook and the template as their runners would run them: the steps' own text by bash, a made environment, a
// local server in place of the forge's comments.
import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { type Repository, repository, scenario } from "./repository.ts";

const run = promisify(execFile);
// A copy, so that a build beside these tests does not take the program away.
const COPY = mkdtempSync(join(tmpdir(), "archcost-copy-"));
const ARCHCOST = `node ${COPY}/bin/archcost.js`;

const stepSchema = z.object({
  id: z.string().optional(),
  if: z.string().optional(),
  shell: z.literal("bash"),
  env: z.record(z.string(), z.string()).optional(),
  run: z.string(),
});
const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string() })),
  outputs: z.record(z.string(), z.object({ value: z.string() })),
  runs: z.object({ using: z.literal("composite"), steps: z.array(stepSchema) }),
});
const action = actionSchema.parse(parse(readFileSync("action.yml", "utf8")));

const BUDGETS = `budgets:
  - { id: steps, assert: "workflow.cost.month <= 130 USD" }
  - { id: growth, assert: "workflow.cost.month <= baseline(workflow.cost.month) * 1.05", level: warn }
`;

let repo: Repository;
type Comment = { id: number; body: string; user?: { type: string; login: string } };
let comments: Comment[] = [];
let calls: string[] = [];
let answer = 200;
let writer = "archcost-bot";
let server: Server;
let api = "";

beforeAll(async () => {
  for (const part of ["bin", "dist"]) cpSync(part, join(COPY, part), { recursive: true });
  repo = repository();
  repo.write("scenarios/orders.yaml", scenario(BUDGETS));
  repo.commit("first");
  repo.git("update-ref", "refs/remotes/origin/main", "HEAD");
  repo.git("checkout", "-q", "-b", "feature");
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      calls.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      const sent = Buffer.concat(chunks).toString("utf8");
      const body = sent === "" ? "" : z.object({ body: z.string() }).parse(JSON.parse(sent)).body;
      if (answer === 200 && request.method === "POST") comments.push({ id: 100 + comments.length, body });
      const id = Number(request.url?.split("/").at(-1));
      if (request.method === "PATCH") comments = comments.map((one) => (one.id === id ? { id, body } : one));
      response.writeHead(answer, { "content-type": "application/json" });
      const found = request.url === "/user" ? { login: writer } : comments;
      response.end(JSON.stringify(request.method === "GET" ? found : {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  api = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
});
afterAll(() => {
  server.close();
  repo.remove();
  rmSync(COPY, { recursive: true, force: true });
});
beforeEach(() => {
  calls = [];
  answer = 200;
});

type Stepped = {
  readonly code: number;
  readonly log: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: string;
};

/** Runs the steps of the action as a runner does: expressions only in `env`, never in a script. */
async function runAction(
  inputs: Readonly<Record<string, string>>,
  event: unknown = { pull_request: { number: 7 } },
): Promise<Stepped> {
  const given: Readonly<Record<string, string>> = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default])),
    token: "secret-token",
    command: ARCHCOST,
    ...inputs,
  };
  const temp = repo.path(".git/runner");
  mkdirSync(temp, { recursive: true });
  for (const name of ["output", "summary"]) writeFileSync(`${temp}/${name}`, "");
  writeFileSync(`${temp}/event.json`, JSON.stringify(event));
  const outputs = new Map<string, string>();
  const value = (text: string): string =>
    text.replaceAll(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, path: string) => {
      const [kind, first = "", , last = ""] = path.split(".");
      return kind === "inputs" ? (given[first] ?? "") : (outputs.get(`${first}.${last}`) ?? "");
    });
  let log = "";
  let code = 0;
  for (const step of action.runs.steps) {
    expect(step.run, "no expression inside a script").not.toContain("${{");
    if (step.if !== undefined && !["true", "each"].includes(given["comment"] ?? "")) continue;
    writeFileSync(`${temp}/output`, "");
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: temp,
      RUNNER_TEMP: temp,
      GITHUB_ACTIONS: "true",
      GITHUB_ACTION_PATH: resolve("."),
      GITHUB_API_URL: api,
      GITHUB_BASE_REF: "main",
      GITHUB_EVENT_PATH: `${temp}/event.json`,
      GITHUB_OUTPUT: `${temp}/output`,
      GITHUB_REPOSITORY: "team/shop",
      GITHUB_STEP_SUMMARY: `${temp}/summary`,
      ARCHCOST_TODAY: "2026-11-23",
      ARCHCOST_CACHE: "off",
      ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, value(text)])),
    };
    try {
      const { stdout, stderr } = await run("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step.run], {
        cwd: repo.folder,
        env,
      });
      log += stdout + stderr;
    } catch (error) {
      const failed = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() }).parse(error);
      log += failed.stdout + failed.stderr;
      code = failed.code;
    }
    for (const line of readFileSync(`${temp}/output`, "utf8")
      .split("\n")
      .filter((one) => one !== "")) {
      const at = line.indexOf("=");
      outputs.set(`${step.id}.${line.slice(0, at)}`, line.slice(at + 1));
    }
    if (code !== 0) break;
  }
  const result = new Map(Object.entries(action.outputs).map(([name, { value: text }]) => [name, value(text)]));
  return { code, log, outputs: result, summary: readFileSync(`${temp}/summary`, "utf8") };
}

test("the budgets are kept: the step passes and says what it costs", async () => {
  const ran = await runAction({ files: "scenarios/*.yaml" });
  expect(ran.log).not.toContain("error");
  expect(ran.code).toBe(0);
  expect(Object.fromEntries(ran.outputs)).toMatchObject({
    verdict: "passed",
    cheapest: "one-box",
    "monthly-cost": "100",
  });
  expect(readFileSync(`${ran.outputs.get("report-path")}/check.json`, "utf8")).toContain('"verdict": "passed"');
  expect(ran.summary).toContain("2 budgets kept");
  expect(calls).toEqual([]);
});

test("a comment is made, left alone, updated", async () => {
  comments = [{ id: 1, body: "somebody's own" }];
  const made = await runAction({ comment: "true" });
  expect(made.log).toContain("comments created 1, updated 0, left alone 0");
  expect(comments).toHaveLength(2);
  expect(comments[1]?.body).toMatch(/^<!-- archcost:[0-9a-f]{12} -->\n/);
  const alone = await runAction({ comment: "true" });
  expect(alone.log).toContain("comments created 0, updated 0, left alone 1");
  repo.write("scenarios/orders.yaml", scenario(BUDGETS, { transitions: "8" }));
  const updated = await runAction({ comment: "true" });
  expect(updated.code).toBe(1);
  expect(updated.log).toContain("comments created 0, updated 1, left alone 0");
  expect(comments).toHaveLength(2);
  expect(comments[1]?.body).toContain("1 of 2 budgets broken, 1 warning");
  expect(comments[0]?.body).toBe("somebody's own");
  expect(calls.at(-1)).toBe("PATCH /repos/team/shop/issues/comments/101 Bearer secret-token");
});

test("a comment that a person wrote under the marker is not taken over, the writer's own is", async () => {
  const body = comments.at(-1)?.body ?? "";
  comments = [{ id: 1, body: body.replace(/\n.*$/s, "\nall is well"), user: { type: "User", login: "mallory" } }];
  const made = await runAction({ comment: "true" });
  expect(made.log).toContain("comments created 1, updated 0, left alone 0");
  expect(comments[0]?.body).toContain("all is well");
  comments = [{ id: 1, body, user: { type: "User", login: writer } }];
  writer = "mallory";
  expect((await runAction({ comment: "true" })).log).toContain("comments created 1, updated 0");
  comments = [{ id: 1, body, user: { type: "User", login: writer } }];
  expect((await runAction({ comment: "true" })).log).toContain("comments created 0,");
});

test("a comment for each changed scenario; one that says what is true no more is updated", async () => {
  comments = [];
  const second = "scenarios/second.yaml";
  repo.write("scenarios/orders.yaml", scenario(BUDGETS));
  repo.write(second, scenario(BUDGETS).replace("Orders", "Second"));
  const each = await runAction({ comment: "each" });
  expect(each.log).toContain("comments created 2, updated 0");
  expect(comments.map(({ body }) => /^#+ .*$/m.exec(body)?.[0])).toEqual([
    "## ✅ archcost: 3 of 4 budgets kept, 1 skipped",
    "### ✅ Second: 1 of 2 budgets kept, 1 skipped",
  ]);
  const markers = comments.map(({ body }) => body.split("\n")[0]);
  expect(comments[0]?.body).toContain("1 scenario is unchanged (2 budgets kept)");
  repo.write(second, `${scenario(BUDGETS).replace("Orders", "Second")}wrong: 1\n`);
  const wrong = await runAction({ comment: "each" });
  expect([wrong.code, wrong.log]).toEqual([2, expect.stringContaining("comments created 0, updated 2")]);
  for (const { body } of comments) expect(body).toContain("the input is wrong");
  rmSync(repo.path(second));
  const gone = await runAction({ comment: "each" });
  expect(gone.log).toContain("comments created 0, updated 2");
  expect(comments[1]?.body).toContain("checked no more");
  expect(comments.map(({ body }) => body.split("\n")[0])).toEqual(markers);
  comments = [];
});

test("a broken budget fails the last step, with an annotation, outputs and a summary; the token shows nowhere", async () => {
  repo.write("scenarios/orders.yaml", scenario(BUDGETS, { transitions: "8" }));
  const ran = await runAction({ comment: "true" });
  expect(ran.code).toBe(1);
  expect(ran.log).toMatch(/^::error file=scenarios\/orders\.yaml,line=\d+,col=\d+,title=Budget steps::/m);
  expect(ran.outputs.get("verdict")).toBe("failed");
  expect(ran.summary).toContain("❌");
  expect(ran.log + ran.summary + JSON.stringify([...ran.outputs])).not.toContain("secret-token");
});

test("level none reports only, level warn fails on warnings", async () => {
  repo.write("scenarios/orders.yaml", scenario(BUDGETS, { transitions: "5.3" }));
  expect((await runAction({ level: "none" })).code).toBe(0);
  expect((await runAction({})).code).toBe(1);
  repo.write("scenarios/orders.yaml", scenario(BUDGETS, { transitions: "5.3" }));
  const head = { "budgets-from": "head", "allow-budget-changes": "true" };
  repo.write("scenarios/orders.yaml", scenario(BUDGETS.replace("130", "1300"), { transitions: "5.3" }));
  expect((await runAction(head)).code).toBe(0);
  expect((await runAction({ ...head, level: "warn" })).code).toBe(1);
});

test("a pull request that raises its own bound fails, unless a maintainer allows it", async () => {
  repo.write("scenarios/orders.yaml", scenario(BUDGETS.replace("130", "1300"), { transitions: "8" }));
  for (const inputs of [{}, { baseline: "none" }]) {
    const ran = await runAction(inputs);
    expect(ran.code).toBe(1);
    expect(ran.log).toMatch(/^::error file=scenarios\/orders\.yaml,line=\d+,col=\d+,title=Budgets changed::/m);
    expect(ran.summary).toContain("budgets changed");
  }
  const allowed = await runAction({ "allow-budget-changes": "true" });
  expect(allowed.code).toBe(0);
  expect(allowed.log).toMatch(/^::notice .*title=Budgets changed::/m);
  repo.write("scenarios/orders.yaml", scenario(BUDGETS));
});

test("wrong input ends with 2, verdict error, no comment", async () => {
  comments = [];
  repo.write("scenarios/orders.yaml", `${scenario(BUDGETS)}wrong: 1\n`);
  const ran = await runAction({ comment: "true" });
  expect(ran.code).toBe(2);
  expect(ran.outputs.get("verdict")).toBe("error");
  expect(ran.log).toMatch(/^::error file=scenarios\/orders\.yaml,line=/m);
  expect(calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
  repo.write("scenarios/orders.yaml", scenario(BUDGETS));
});

test("a token that may not write is a warning, as for forks; no pull request is no comment", async () => {
  repo.write("scenarios/orders.yaml", scenario(BUDGETS));
  answer = 403;
  const ran = await runAction({ comment: "true" });
  expect(ran.code).toBe(0);
  expect(ran.log).toMatch(/^::warning title=archcost::no comment: GET of the comment: the forge answers 403$/m);
  expect((await runAction({ comment: "true" }, { ref: "refs/heads/main" })).log).toContain("this is no pull request");
});

test.each([
  { inputs: { files: "$(touch pwned) `touch pwned` ;touch pwned" } },
  { inputs: { baseline: "$(touch pwned)" } },
  { inputs: { baseline: "--help" } },
  { inputs: { formats: "github;touch pwned" } },
  { inputs: { budgets: '"; touch pwned; "' } },
  { inputs: { level: "error; touch pwned" } },
  { inputs: { files: "--exit-zero" } },
])("inputs are text: $inputs", async ({ inputs }) => {
  const ran = await runAction(inputs);
  expect(ran.code).toBe(2);
  await expect(run("ls", [repo.path("pwned")])).rejects.toThrow();
});

test("the pre-commit hook: its entry on the files that its pattern takes", async () => {
  const [hook] = z
    .array(
      z.object({ entry: z.string(), files: z.string(), language: z.literal("node"), pass_filenames: z.literal(true) }),
    )
    .parse(parse(readFileSync(".pre-commit-hooks.yaml", "utf8")));
  if (hook === undefined) throw new Error("no hook");
  const taken = [
    "scenarios/orders.yaml",
    "src/x.yaml",
    "a/b.cost.yml",
    "scenarios/templates/x.yaml",
    "README.md",
  ].filter((name) => new RegExp(hook.files).test(name));
  expect(taken).toEqual(["scenarios/orders.yaml", "a/b.cost.yml"]);
  const bin = repo.path(".git/bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(`${bin}/archcost`, `#!/bin/sh\nexec ${ARCHCOST} "$@"\n`);
  chmodSync(`${bin}/archcost`, 0o755);
  const env = { ...process.env, PATH: `${bin}:${process.env["PATH"]}`, ARCHCOST_CACHE: "off" };
  const at = (text: string) => {
    repo.write("scenarios/orders.yaml", scenario(text));
    return run("sh", ["-c", `${hook.entry} "$@"`, "hook", "scenarios/orders.yaml"], { cwd: repo.folder, env });
  };
  await expect(at('budgets: [{ id: a, assert: "workflow.cost.month <= 130 USD" }]\n')).resolves.toBeDefined();
  await expect(at('budgets: [{ id: a, assert: "workflow.cost.month <= 1 USD" }]\n')).rejects.toMatchObject({ code: 1 });
});

test("the GitLab template: its script, with reports", async () => {
  const { archcost: job } = z
    .object({
      archcost: z.object({
        variables: z.record(z.string(), z.string()),
        script: z.array(z.string()),
        artifacts: z.object({
          when: z.literal("always"),
          reports: z.object({ junit: z.string(), codequality: z.string() }),
        }),
      }),
    })
    .parse(parse(readFileSync("ci/gitlab.yml", "utf8")));
  expect(job.variables["GIT_DEPTH"]).toBe("0");
  repo.write("scenarios/orders.yaml", scenario(BUDGETS, { transitions: "8" }));
  const env = {
    ...process.env,
    ...job.variables,
    ARCHCOST_COMMAND: ARCHCOST,
    ARCHCOST_CACHE: "off",
    CI_MERGE_REQUEST_DIFF_BASE_SHA: repo.git("rev-parse", "main"),
  };
  await expect(run("bash", ["-e", "-c", job.script.join("\n")], { cwd: repo.folder, env })).rejects.toMatchObject({
    code: 1,
  });
  expect(readFileSync(repo.path(job.artifacts.reports.junit), "utf8")).toContain('failures="1"');
  expect(JSON.parse(readFileSync(repo.path(job.artifacts.reports.codequality), "utf8"))).toHaveLength(2);
});
