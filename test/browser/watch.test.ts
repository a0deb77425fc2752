// The page that `run --watch` hands out, in a real browser: it reloads on an edit and tells what is wrong, within its policy.
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startBrowser } from "./browser.ts";

let browser: Browser;
let child: ChildProcess | undefined;
let folder = "";

beforeAll(async () => {
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), "archcost-browser-watch-"));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function start(file: string): Promise<string> {
  const argv = ["bin/archcost.js", "run", file, "--watch", "--output", join(folder, "out"), "--charts", "none"];
  const started = spawn(process.execPath, argv, { env: { ...process.env, ARCHCOST_CACHE: "off" } });
  child = started;
  return new Promise((done, fail) => {
    let said = "";
    started.stderr.on("data", (chunk) => {
      said += String(chunk);
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said)?.[0];
      if (address !== undefined) done(address);
    });
    started.once("exit", () => fail(new Error(said)));
  });
}

test("an edit reloads the page, which keeps its settings; a broken one is told in it", async () => {
  const file = join(folder, "scenario.yaml");
  copyFileSync("scenarios/thumbnails.yaml", file);
  const save = (text: string): void => {
    writeFileSync(`${file}.tmp`, text);
    renameSync(`${file}.tmp`, file);
  };
  const written = readFileSync(file, "utf8");
  const address = await start(file);
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(address).origin) complaints.push(request.url());
  });
  await page.goto(address);
  await page.waitForSelector("html[data-settled=true]");
  const slider = page.locator("#what-if input[type=number]").first();
  await slider.fill("12345");
  await page.waitForFunction(() => location.hash.includes("12345"));
  save(written.replace(/^scenario:.*$/m, "scenario: Renamed while it was watched"));
  await page.waitForFunction(() => document.title === "Renamed while it was watched");
  await page.waitForSelector("html[data-settled=true]");
  expect(await slider.inputValue()).toBe("12345");
  save(written.replace(/^region:.*$/m, "region: us-nowhere-1"));
  await page.waitForSelector("pre[role=alert]");
  expect(await page.textContent("pre[role=alert]")).toMatch(/scenario\.yaml:\d+:\d+: error/);
  save(written);
  await page.waitForFunction(() => document.querySelector("pre[role=alert]") === null);
  expect(complaints).toEqual([]);
}, 60_000);
