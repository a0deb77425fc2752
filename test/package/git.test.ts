// Installing from the repository at a tag, as README, the action, the GitLab job and the pre-commit hook do it; git+file: and a
// path stand for the address of the real one.
import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { repository, scenario } from "../cli/repository.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const MINUTES = 60_000;
const TAG = "v0.1.0";
/** What building wants of the development dependencies: the others, a browser among them, take minutes. */
const TO_BUILD = ["@fontsource/inter", "chart.js", "chartjs-node-canvas", "commander", "esbuild", "yaml", "zod"];

let folder = "";
let source = "";
const run = promisify(execFile);
const ENV = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  npm_config_prefer_offline: "true",
  npm_config_audit: "false",
  npm_config_fund: "false",
  ARCHCOST_CACHE: "off",
};
const at = (cwd: string) => ({ cwd, env: ENV, timeout: 5 * MINUTES, maxBuffer: 1e8 });

const manifest = z.looseObject({ devDependencies: z.record(z.string(), z.string()).optional() });
const lock = z.looseObject({ packages: z.looseObject({ "": manifest }) });

function lighten({ devDependencies = {} }: z.infer<typeof manifest>): void {
  for (const name of Object.keys(devDependencies)) if (!TO_BUILD.includes(name)) delete devDependencies[name];
}

function lightenBoth(): void {
  const [own, locked] = ["package.json", "package-lock.json"].map((name) => join(source, name));
  const data = manifest.parse(JSON.parse(readFileSync(own ?? "", "utf8")));
  const lockData = lock.parse(JSON.parse(readFileSync(locked ?? "", "utf8")));
  lighten(data);
  lighten(lockData.packages[""]);
  writeFileSync(own ?? "", JSON.stringify(data));
  writeFileSync(locked ?? "", JSON.stringify(lockData));
}

/** The files that git knows here, as a repository of their own with a tag. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "archcost-git-"));
  source = join(folder, "source");
  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { cwd, encoding: "utf8" });
  const listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0");
  for (const path of listed.filter((one) => /^(bin|src|scripts|pricing|scenarios)\/|^[^/]+$/.test(one))) {
    if (!existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(source, path)), { recursive: true });
    cpSync(join(ROOT, path), join(source, path));
  }
  lightenBoth();
  git(source, "init", "-q", "-b", "main");
  git(source, "add", "-A");
  git(source, "commit", "-q", "-m", "release");
  git(source, "tag", TAG);
}, MINUTES);
afterAll(() => rmSync(folder, { recursive: true, force: true }), MINUTES);

const SCENARIO = join(ROOT, "scenarios", "thumbnails.yaml");

// The second is how pre-commit 4 installs a hook.
test.each([[[]], [["--allow-git=root", "--install-links"]]])(
  "npm install --global %j git+...: the command runs, and draws",
  { timeout: 5 * MINUTES },
  async (more) => {
    const prefix = join(folder, `global-${more.length}`);
    await run("npm", ["install", ...more, "--global", "--prefix", prefix, `git+file://${source}#${TAG}`], at(folder));
    const out = join(prefix, "out");
    const args = ["run", SCENARIO, "--output", out, "--charts", "cost"];
    const { stdout } = await run(join(prefix, "bin", "archcost"), args, at(folder));
    expect(stdout).toContain("fleet");
    expect(readdirSync(out).filter((name) => name.endsWith(".png")).length).toBeGreaterThan(0);
  },
);

test("the pre-commit hook: installed by the steps of pre-commit 3, and run", { timeout: 5 * MINUTES }, async () => {
  const clone = join(folder, "hook");
  await run("git", ["clone", "-q", "--branch", TAG, source, clone], at(folder));
  const install = ["install", "--include=dev", "--include=prod", "--ignore-prepublish", "--no-progress", "--no-save"];
  await run("npm", install, at(clone));
  // It takes all of standard output for the name of the package.
  const packed = (await run("npm", ["pack"], at(clone))).stdout.trim();
  expect(packed).toMatch(/^archcost-[\d.]+\.tgz$/);
  const prefix = join(folder, "hooks");
  await run("npm", ["install", "--global", "--prefix", prefix, join(clone, packed)], at(folder));
  const [hook] = z
    .array(z.object({ entry: z.string() }))
    .parse(parse(readFileSync(join(clone, ".pre-commit-hooks.yaml"), "utf8")));
  const repo = repository();
  const check = (budget: string) => {
    repo.write("scenarios/s.yaml", scenario(`budgets: [{ id: a, assert: "workflow.cost.month <= ${budget} USD" }]\n`));
    const env = { ...ENV, PATH: `${join(prefix, "bin")}:${process.env["PATH"]}` };
    return run("sh", ["-c", `${hook?.entry} scenarios/s.yaml`], { ...at(repo.folder), env });
  };
  await expect(check("130")).resolves.toBeDefined();
  await expect(check("1")).rejects.toMatchObject({ code: 1 });
  repo.remove();
});

test("the GitLab job and the action, called as they are written", { timeout: 8 * MINUTES }, async () => {
  const repo = repository();
  repo.write("scenarios/s.yaml", scenario('budgets: [{ id: a, assert: "workflow.cost.month <= 1 USD" }]\n'));
  // What a merge request may bring is heeded by nobody.
  repo.write(".npmrc", "registry=http://127.0.0.1:9/\nignore-scripts=true\n");
  repo.commit("start");
  const { archcost: job } = z
    .object({ archcost: z.object({ variables: z.record(z.string(), z.string()), script: z.array(z.string()) }) })
    .parse(parse(readFileSync(join(ROOT, "ci", "gitlab.yml"), "utf8")));
  expect([job.variables["ARCHCOST_TAG"], job.variables["ARCHCOST_COMMAND"]]).toEqual([TAG, ""]);
  const gitlab = { ...ENV, ...job.variables, ARCHCOST_SOURCE: `file://${source}` };
  const ran = run("bash", ["-e", "-c", job.script.join("\n")], { ...at(repo.folder), env: gitlab });
  await expect(ran).rejects.toMatchObject({ code: 1 });
  expect(readFileSync(repo.path("archcost-junit.xml"), "utf8")).toContain('failures="1"');

  const action = join(folder, "action");
  await run("git", ["clone", "-q", "--branch", TAG, source, action], at(folder));
  const { inputs, runs } = z
    .object({
      inputs: z.record(z.string(), z.object({ default: z.string() })),
      runs: z.object({
        steps: z.array(
          z.object({ id: z.string().optional(), run: z.string(), env: z.record(z.string(), z.string()).optional() }),
        ),
      }),
    })
    .parse(parse(readFileSync(join(action, "action.yml"), "utf8")));
  const step = runs.steps.find(({ id }) => id === "check");
  const given = Object.entries(step?.env ?? {}).map(([name, text]) => [
    name,
    text.replaceAll(/\$\{\{\s*inputs\.([\w-]+)\s*\}\}/g, (_, input: string) => inputs[input]?.default ?? ""),
  ]);
  const env = {
    ...ENV,
    ...Object.fromEntries(given),
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
    GITHUB_ACTION_PATH: action,
  };
  const { stdout } = await run("bash", ["-c", step?.run ?? "exit 9"], { ...at(repo.folder), env });
  expect(stdout).toMatch(/^::error file=scenarios\/s\.yaml/m);
  expect(readFileSync(join(folder, "output"), "utf8")).toContain("code=1");
  repo.remove();
});

test("nothing calls a release on the registry, which there is not", () => {
  const texts = ["README.md", "action.yml", "ci", "docs", "scenarios/templates", ".pre-commit-hooks.yaml"].flatMap(
    (path) =>
      /\.\w+$/.test(path)
        ? [path]
        : readdirSync(join(ROOT, path), { recursive: true, encoding: "utf8" }).map((name) => join(path, name)),
  );
  for (const path of texts.filter((name) => /\.(md|ya?ml)$/.test(name))) {
    expect(readFileSync(join(ROOT, path), "utf8"), path).not.toMatch(
      /npx (-\S+ )*archcost|npm (i|install) (-\S+ )*archcost(@|\s|$)/m,
    );
  }
});
