// `run --watch`: the program as a user starts it, edits as editors make them, and what others on the network may ask.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { archcost } from "../run.ts";

const scenario = (price: string): string => `
scenario: Watched
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: { value: 1000000, low: 10, high: 2000000, reason: guess, status: assumed } }
architectures:
  a: { components: { f: { service: aws/lambda, duration: 100 ms, memory: 1 GB } }, omit: { logs: none } }
  b: { components: { f: { service: custom/line, quantity: 1, price: ${price}, role: overhead, source: test, reason: test } } }
`;

const ENV = { ...process.env, ARCHCOST_TODAY: "2026-11-23", ARCHCOST_CACHE: "off" };

type Watching = {
  readonly folder: string;
  readonly file: string;
  readonly address: string;
  readonly child: ChildProcess;
  readonly said: () => string;
};
let cleanUp: (() => void)[] = [];

afterEach(() => {
  for (const each of cleanUp) each();
  cleanUp = [];
});

async function until<T>(look: () => T | undefined | Promise<T | undefined>, what: string): Promise<T> {
  for (let i = 0; i < 300; i += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${what} did not come`);
}

async function start(text: string, ...more: readonly string[]): Promise<Watching> {
  const folder = mkdtempSync(join(tmpdir(), "archcost-watch-"));
  const file = join(folder, "scenario.yaml");
  writeFileSync(file, text);
  const argv = [
    "bin/archcost.js",
    "run",
    file,
    "--output",
    join(folder, "out"),
    "--watch",
    "--charts",
    "none",
    ...more,
  ];
  const child = spawn(process.execPath, argv, {
    env: ENV,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  cleanUp.push(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  const address = await until(() => /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said)?.[0], `an address in ${said}`);
  return { folder, file, address, child, said: () => said };
}

type Answer = { readonly code: number; readonly body: string };

function ask(address: string, options: { path?: string; host?: string; method?: string } = {}): Promise<Answer> {
  const { hostname, port, pathname, host } = new URL(address);
  return new Promise((done, fail) => {
    get(
      {
        hostname,
        port,
        path: options.path ?? pathname,
        method: options.method ?? "GET",
        headers: { host: options.host ?? host },
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk) => {
          body += chunk;
        });
        response.on("end", () => done({ code: response.statusCode ?? 0, body }));
      },
    ).on("error", fail);
  });
}

/** What the server has told since; it keeps telling. */
async function listen(address: string): Promise<() => readonly { version: string; fault: string | null }[]> {
  const stop = new AbortController();
  cleanUp.unshift(() => stop.abort());
  const response = await fetch(new URL("/events", address), { signal: stop.signal });
  let heard = "";
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  void (async () => {
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done) return;
      heard += value ?? "";
    }
  })().catch(() => undefined);
  return () => [...heard.matchAll(/^data: (.*)$/gm)].map(([, text]) => JSON.parse(text ?? ""));
}

/** As editors save: another file, put in the old one's place. */
function save(file: string, text: string): void {
  writeFileSync(`${file}~`, text);
  renameSync(`${file}~`, file);
}

test("an edit renders again, a broken one is told and mended, and Ctrl-C ends it well", async () => {
  const { file, address, child, said, folder } = await start(scenario("7 USD"));
  const told = await listen(address);
  expect((await ask(address)).body).toContain("a is the cheapest at $1.87");
  save(file, scenario("0.5 USD"));
  await until(() => (told().length > 1 ? true : undefined), "a new version");
  expect(told().at(-1)?.version).not.toBe(told()[0]?.version);
  expect((await ask(address)).body).toContain("b is the cheapest at $0.50");

  save(file, scenario("0.5 USSD"));
  const fault = await until(() => told().at(-1)?.fault ?? undefined, "a fault");
  expect(fault).toMatch(/scenario\.yaml:9:\d+: error/);
  expect(said()).toContain(fault);
  expect((await ask(address)).body).toContain("b is the cheapest at $0.50");
  save(file, scenario("0.25 USD"));
  await until(() => (told().at(-1)?.fault === null ? true : undefined), "the mended version");
  expect((await ask(address)).body).toContain("b is the cheapest at $0.25");

  const ended = new Promise((done) => child.once("exit", (code, signal) => done([code, signal])));
  child.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
  expect(readFileSync(join(folder, "out", "report.html"), "utf8")).not.toContain("EventSource");
}, 60_000);

test("the file on disk is that of a plain run; only what is handed out has the script, and a policy for it", async () => {
  const { file, address, folder, said } = await start(scenario("7 USD"));
  const plain = join(folder, "plain");
  const argv = ["bin/archcost.js", "run", file, "--output", plain, "--charts", "none", "--quiet"];
  expect(spawnSync(process.execPath, argv, { env: ENV }).status).toBe(0);
  await until(() => (said().includes("wrote") ? true : undefined), "the files");
  const disk = readFileSync(join(folder, "out", "report.html"), "utf8");
  expect(disk).toBe(readFileSync(join(plain, "report.html"), "utf8"));
  const { body } = await ask(address);
  expect(body).toContain("EventSource");
  expect(body).toContain("connect-src &#39;self&#39;");
  expect(disk).not.toContain("connect-src");
}, 60_000);

test("a folder of prices is watched with all that is in it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "archcost-prices-"));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "aws"));
  const { address, said } = await start(scenario("7 USD"), "--pricing", folder);
  const told = await listen(address);
  await until(() => (told().length > 0 ? true : undefined), "the first version");
  writeFileSync(join(folder, "aws", "note.yaml"), "# a price was looked up");
  await until(() => (told().length > 1 ? true : undefined), `a second version after ${said()}`);
}, 60_000);

test("others get nothing: another name of the host, other methods, paths that leave the folder", async () => {
  const { address } = await start(scenario("7 USD"));
  const { port } = new URL(address);
  expect((await ask(address, { host: `evil.example:${port}` })).code).toBe(403);
  expect((await ask(address, { host: "127.0.0.1" })).code).toBe(403);
  expect((await ask(address, { host: `evil.example:${port}`, path: "/events" })).code).toBe(403);
  expect((await ask(address, { method: "POST" })).code).toBe(405);
  for (const path of [
    "/../scenario.yaml",
    "/%2e%2e/scenario.yaml",
    "/..%2fscenario.yaml",
    "/%",
    "//etc/passwd",
    "/out",
  ]) {
    expect((await ask(address, { path })).code, path).toBe(404);
  }
  expect((await ask(address, { host: `localhost:${port}` })).code).toBe(200);
  expect((await ask(address, { path: "/result.json" })).code).toBe(200);
}, 60_000);

test.each([
  { argv: ["--watch"], told: "--watch wants a folder" },
  { argv: ["--open"], told: "--open goes with --watch" },
  { argv: ["--watch", "--output", "nowhere", "--charts", "no"], told: 'no chart "no"' },
  { argv: ["--watch", "--output", "nowhere", "--locale", "xx"], told: 'no data for "xx"' },
])("$argv: $told, with exit code 2", async ({ argv, told }) => {
  const ran = await archcost(["run", "scenarios/thumbnails.yaml", ...argv]);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain(told);
});

test("a file that is not there ends it at once", async () => {
  expect((await archcost(["run", "no.yaml", "--watch", "--output", "nowhere"])).code).toBe(2);
  expect((await archcost(["run", "-", "--watch", "--output", "nowhere"])).code).toBe(2);
});
