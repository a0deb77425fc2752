// The report in a real browser: no complaint, no violation, the figures of the command, settings that can be shared.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, parseDocument } from "yaml";
import { loadScenario } from "../../src/cli/load.ts";
import { resultOf } from "../../src/figures/result.ts";
import type { Control } from "../../src/page/controls.ts";
import { pagePayload } from "../../src/page/payload.ts";
import { valueAt } from "../../src/page/scale.ts";
import { leversResultSchema } from "../../src/result/levers.ts";
import { money } from "../../src/result/number.ts";
import { type Result, resultSchema } from "../../src/result/schema.ts";
import { archcost } from "../run.ts";
import { openReport, startBrowser } from "./browser.ts";

const SCENARIO = "scenarios/prime-video.yaml";
const io = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: { ARCHCOST_TODAY: "2026-11-23" },
  cwd: () => process.cwd(),
};

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

const HOSTILE = `
scenario: "</script><script>document.title='broken'</script> \\" ' \\u202Eevil ${"long ".repeat(60)} 🦊"
question: "<img src=x onerror=document.title='broken'>"
region: us-east-1
as_of: 2026-11-23
workload: { unit: "<b>request</b>", driver: requests, throughput: requests / 1 s }
variables:
  requests: { value: 50, low: 10, high: 100, reason: "</title><svg onload=document.title='broken'>" }
architectures:
  functions:
    title: "'\\"><script>document.title='broken'</script>"
    omit: { logs: "<!-- </main>" }
    components:
      work: { service: aws/lambda, duration: 20 ms, memory: 256 MB }
`;

let browser: Browser;
let folder = "";
let report = "";

beforeAll(async () => {
  browser = await startBrowser();
  folder = mkdtempSync(join(tmpdir(), "archcost-browser-"));
  report = await render(SCENARIO, "prime-video");
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function render(scenario: string, name: string): Promise<string> {
  const output = join(folder, name);
  mkdirSync(output);
  const { code, stderr } = await archcost(["run", scenario, "--output", output, "--quiet"]);
  if (code !== 0) throw new Error(stderr);
  return join(output, "report.html");
}

async function computed(argv: readonly string[]): Promise<Result> {
  const { code, stdout, stderr } = await archcost(["run", SCENARIO, "--format", "json", "--quiet", ...argv]);
  if (code !== 0) throw new Error(stderr);
  return resultSchema.parse(JSON.parse(stdout));
}

/** Cost a month, a year and per unit of every card, and the load of its first limit, as the page carries them: all digits. */
async function cards(page: Page): Promise<Record<string, readonly string[]>> {
  return page.$$eval(".card", (found) =>
    Object.fromEntries(
      found.map((card) => [
        card.querySelector("h3")?.textContent ?? "",
        [...Array.from(card.querySelectorAll("data"))].map((each) => each.value),
      ]),
    ),
  );
}

async function set(page: Page, name: string, value: string): Promise<void> {
  await page.fill(`#set-${name}`, value);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForSelector("html[data-settled=true]", { timeout: 5000 });
}

test("one file that is small enough, and says nothing to the console, asks for nothing and breaks no policy", async () => {
  expect(readFileSync(report).length).toBeLessThan(450_000);
  for (const width of [390, 1024, 1920]) {
    const { page, complaints } = await openReport(browser, report, "", { width });
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.context().close();
  }
});

test.each([390, 1024, 1280, 1920])("no key figure is broken over two lines, %i pixels wide", async (width) => {
  const { page } = await openReport(browser, report, "", { width });
  const lines = await page.evaluate(() =>
    Array.from(document.querySelectorAll(".card dd data, .card .big data"), (figure) => figure.getClientRects().length),
  );
  expect(lines.length).toBeGreaterThan(20);
  expect(new Set(lines)).toEqual(new Set([1]));
  await page.context().close();
});

test.each([1024, 1280])(
  "no table needs to be scrolled sideways but one with six architectures side by side, %i pixels wide",
  async (width) => {
    const { page } = await openReport(browser, report, "", { width });
    const tables = await page.evaluate(() => {
      for (const each of Array.from(document.querySelectorAll(".resting"))) each.classList.remove("resting");
      for (const each of Array.from(document.querySelectorAll("details"))) each.open = true;
      return Array.from(document.querySelectorAll(".scroll"), (each) => ({
        caption: each.querySelector("caption")?.textContent ?? "",
        wide: each.scrollWidth > each.clientWidth + 1,
        seen: each.clientWidth > 0,
      }));
    });
    expect(tables.filter(({ seen }) => seen).length).toBeGreaterThan(20);
    expect(tables.filter(({ wide }) => wide).map(({ caption }) => caption)).toEqual(["US dollars over streams"]);
    await page.context().close();
  },
);

/** Words of charts that lie on each other, or beyond their drawing. */
async function brokenLabels(page: Page): Promise<readonly string[]> {
  return page.$$eval("svg", (drawings) =>
    drawings.flatMap((drawing) => {
      const frame = drawing.getBoundingClientRect();
      const words = Array.from(drawing.querySelectorAll("text"), (text) => ({
        text: text.textContent ?? "",
        box: text.getBoundingClientRect(),
      })).filter(({ box }) => box.width > 0);
      const beyond = words.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1);
      const over = words.filter(({ box: a }, i) =>
        words.slice(i + 1).some(({ box: b }) => {
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          return across > 2 && down > 4;
        }),
      );
      return [...beyond, ...over].map(({ text }) => text);
    }),
  );
}

test.each([390, 1024, 1920])(
  "charts can be read and no row of a table is a screen high, %i pixels wide",
  async (width) => {
    const { page } = await openReport(browser, report, "", { width });
    expect(await brokenLabels(page)).toEqual([]);
    const rows = await page.$$eval("tr", (all) => all.map((row) => row.getBoundingClientRect().height));
    expect(rows.length).toBeGreaterThan(100);
    expect(Math.max(...rows)).toBeLessThan(260);
    await page.context().close();
  },
);

test.each([false, true])(
  "no barrier that axe knows of, dark: %s",
  async (dark) => {
    const { page } = await openReport(browser, report, "", { dark });
    await page.evaluate(() => {
      for (const each of Array.from(document.querySelectorAll("details"))) each.open = true;
    });
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { axe: found } = globalThis as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
      type AxeViolation = { id: string; nodes: { html: string }[] };
      return (await found.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
    });
    expect(violations).toEqual([]);
    await page.context().close();
  },
  60_000,
);

const SETTINGS: readonly (readonly (readonly [string, string, string])[])[] = [
  [["streams", "731", "731"]],
  [
    ["detectors", "7", "7"],
    ["convert_time", "333.3", "333.3 ms"],
  ],
  [
    ["streams", "12345.678", "12345.678"],
    ["utilisation", "41.7", "41.7%"],
    ["object_size", "0.000123", "0.000123 GB"],
    ["detect_memory", "777", "777 MB"],
  ],
];

/** Any place of any slider, from a seed: what a reader comes to by playing. */
function anySettings(controls: readonly Control[], seed: number): readonly (readonly [string, string, string])[] {
  const places = fc.array(fc.integer({ min: 0, max: 1000 }), {
    minLength: controls.length,
    maxLength: controls.length,
  });
  const [shares = []] = fc.sample(places, { numRuns: 1, seed });
  return controls.flatMap((control, i) => {
    const value = valueAt(control, shares[i] ?? 0);
    return value === control.value ? [] : [[control.name, String(value), `${value} ${control.unit}`] as const];
  });
}

test.each([1, 2, 3])("any places of all sliders give the figures of the command, seed %i", async (seed) => {
  const { model, problems } = loadScenario(SCENARIO, {}, io);
  const base = resultOf(model, { version: "0" }, problems);
  if (base === undefined) throw new Error("does not run");
  const settings = anySettings(pagePayload(model, base, { budgets: [], today: "2026-11-23" }).controls, seed);
  const fragment = new URLSearchParams(settings.map(([name, value]) => [name, value])).toString();
  const { page, complaints } = await openReport(browser, report, `#${fragment}`);
  await page.waitForSelector("html[data-settled=true]");
  const result = await computed(settings.flatMap(([name, , text]) => ["--set", `${name}=${text}`]));
  const found = await cards(page);
  for (const [name, { cost }] of Object.entries(result.architectures)) {
    const figures = (found[name] ?? []).slice(0, 3).map(Number);
    expect(figures, name).toEqual([cost.month, cost.year, cost.per_reported_unit]);
  }
  // The command that the page writes for these settings is the one that was run.
  const command = String(await page.textContent("[aria-label='Command']"));
  for (const [name, value] of settings) expect(command).toContain(`${name}=${value}`);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("the scenario patch, written into the file, gives the figures of the page", async () => {
  const { page } = await openReport(browser, report);
  await set(page, "detectors", "7");
  await set(page, "convert_time", "333.3");
  const patch = parse(String(await page.textContent("[aria-label='Scenario patch']")));
  const document = parseDocument(readFileSync(SCENARIO, "utf8"));
  for (const [name, { value }] of Object.entries<{ value: unknown }>(patch.variables)) {
    document.setIn(["variables", name, "value"], value);
  }
  const file = join(folder, "patched.yaml");
  writeFileSync(file, String(document));
  const ran = await archcost(["run", file, "--format", "json", "--quiet"]);
  const result = resultSchema.parse(JSON.parse(ran.stdout));
  const found = await cards(page);
  for (const [name, { cost }] of Object.entries(result.architectures)) {
    expect(Number(found[name]?.[0]), name).toBe(cost.month);
  }
  await page.context().close();
});

test.each(SETTINGS)("sliders give the figures of the command, to the last digit: %j", async (...settings) => {
  const { page, complaints } = await openReport(browser, report);
  for (const [name, value] of settings) await set(page, name, value);
  const result = await computed(settings.flatMap(([name, , text]) => ["--set", `${name}=${text}`]));
  const found = await cards(page);
  for (const [name, { cost, capacity }] of Object.entries(result.architectures)) {
    const [month, year, perUnit, ...others] = (found[name] ?? []).map(Number);
    expect([month, year, perUnit], name).toEqual([cost.month, cost.year, cost.per_reported_unit]);
    if (capacity.granted !== null) expect(others, name).toContain(capacity.granted.units);
  }
  const lines = Object.values(result.architectures).flatMap((each) =>
    each.line_items.map((line) => line.EffectiveCost),
  );
  const shown = await page.$$eval("[data-part=comparison] tbody data", (all) =>
    all.map((each) => Number(each.getAttribute("value"))),
  );
  for (const cost of lines.filter((each) => each !== 0)) expect(shown).toContain(cost);
  expect((await page.textContent("h1"))?.replaceAll("\u00a0", " ")).toBe(result.comparison.verdict[0]);
  const budgets = await page.$$eval("#budgets tbody tr", (rows) => rows.map((row) => row.textContent));
  expect(budgets.length).toBeGreaterThan(0);
  expect(await page.textContent("[data-part=uncertainty]")).toContain("a reduced sample");
  expect(complaints).toEqual([]);
  await page.context().close();
});

/** What parts of a page say, without notes and white space. */
async function told(page: Page, ids: readonly string[]): Promise<Record<string, string>> {
  return page.evaluate(
    (wanted) =>
      Object.fromEntries(
        wanted.map((id) => [
          id,
          document.querySelector(`[data-part="${id}"]`)?.textContent?.replace(/\s+/g, " ").trim() ?? "",
        ]),
      ),
    [...ids],
  );
}

const FOLLOWS = [
  "header",
  "comparison",
  "objectives",
  "operations",
  "break-even",
  "limits",
  "tornado",
  "plan",
  "carbon",
];

test.each(SETTINGS)(
  "the parts that follow are word for word those of the command's own report: %j",
  async (...settings) => {
    const { page } = await openReport(browser, report);
    const before = await told(page, FOLLOWS);
    for (const [name, value] of settings) await set(page, name, value);
    const output = join(folder, `of-${settings.map(([name, value]) => `${name}-${value}`).join("-")}`);
    const argv = settings.flatMap(([name, , text]) => ["--set", `${name}=${text}`]);
    const ran = await archcost(["run", SCENARIO, "--output", output, "--charts", "none", "--quiet", ...argv]);
    expect(ran.code).toBe(0);
    const other = await openReport(browser, join(output, "report.html"));
    const expected = await told(other.page, FOLLOWS);
    expect(await told(page, FOLLOWS)).toEqual(expected);
    // The plan begins at a load of its own: the driver alone leaves it as it is.
    const moved = ["tornado", "carbon", ...(settings.length > 1 ? ["plan"] : [])];
    for (const id of moved) expect(expected[id], id).not.toBe(before[id]);
    await page.context().close();
    await other.page.context().close();
  },
);

/** Sections and parts above which something is said, and what. */
async function notes(page: Page): Promise<Record<string, string>> {
  return page.$$eval(".stale", (all) =>
    Object.fromEntries(
      all.map((note) => [
        (note.nextElementSibling as HTMLElement | null)?.dataset["part"] ?? "?",
        note.textContent ?? "",
      ]),
    ),
  );
}

test("what does not follow says so while inputs stand elsewhere, and no longer once they are reset", async () => {
  const { page } = await openReport(browser, report);
  const before = await told(page, ["levers", "alone", "assumptions"]);
  expect(await notes(page)).toEqual({});
  await set(page, "detectors", "7");
  const said = await notes(page);
  expect(Object.keys(said).sort()).toEqual(["alone", "assumptions", "levers"]);
  expect(said["levers"]).toContain(`archcost levers ${SCENARIO} --set detectors=7`);
  expect(await told(page, ["levers", "alone", "assumptions"])).toEqual(before);
  await page.click("text=Reset");
  await page.waitForFunction(() => location.hash === "");
  await page.waitForSelector("html[data-settled=true]");
  expect(await notes(page)).toEqual({});
  await page.context().close();
});

test("the waterfall of levers follows: where the same levers are best, it is that of the command", async () => {
  const { page } = await openReport(browser, report);
  const [before] = Object.values(await told(page, ["waterfall"]));
  await set(page, "streams", "500");
  const [after = ""] = Object.values(await told(page, ["waterfall"]));
  const ran = await archcost(["levers", SCENARIO, "--set", "streams=500", "--format", "json"]);
  const { waterfall } = leversResultSchema.parse(JSON.parse(ran.stdout));
  expect(waterfall?.steps).toHaveLength(4);
  for (const { share } of waterfall?.steps ?? []) expect(after).toContain(`saves ${money(share)}`);
  expect(after).toContain(money(waterfall?.from ?? null));
  expect(after).not.toBe(before);
  await page.click("text=Reset");
  await page.waitForSelector("html[data-settled=true]");
  expect(Object.values(await told(page, ["waterfall"]))).toEqual([before]);
  await page.context().close();
});

test("sections out of sight rest on a screen, and the page is found and printed as if they did not", async () => {
  const { page } = await openReport(browser, report);
  const resting = () =>
    page.$$eval(".parts > section", (all) => all.map((each) => getComputedStyle(each).contentVisibility));
  const length = () => page.evaluate(() => document.documentElement.scrollHeight);
  const states = await resting();
  expect(states.length).toBeGreaterThan(8);
  expect(new Set(states)).toEqual(new Set(["auto"]));
  // Whether one is skipped is decided when the next picture is drawn.
  await page.waitForFunction(
    () =>
      document.querySelector("#command p, #command pre")?.checkVisibility({ contentVisibilityAuto: true }) === false,
  );
  // This browser remembers sizes by itself; others take the one that is stated.
  const stated = await page.$$eval(".parts > section", (all) =>
    (all as HTMLElement[]).map(({ style, offsetHeight }) => [
      style.getPropertyValue("contain-intrinsic-block-size"),
      `auto ${offsetHeight}px`,
    ]),
  );
  for (const [room, height] of stated) expect(room).toBe(height);
  const before = await length();
  await page.evaluate(() => {
    for (const each of Array.from(document.querySelectorAll(".resting"))) each.classList.remove("resting");
  });
  // What rests keeps its room: nothing jumps about when it is scrolled to.
  expect(Math.abs(before / (await length()) - 1)).toBeLessThan(0.001);
  await page.reload();
  await page.waitForSelector("html[data-ready]");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.click('nav a[href="#carbon"]');
  await page.waitForFunction(
    () => Math.abs((document.querySelector("#carbon")?.getBoundingClientRect().top ?? -1) - 80) < 2,
  );
  await page.emulateMedia({ media: "print" });
  expect(new Set(await resting())).toEqual(new Set(["visible"]));
  await page.context().close();
});

/** Milliseconds of processor time that the main thread has spent: how busy the machine is does not count. */
async function mainThread(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1000;
}

/** Sets the load and waits for the last part that follows at once (it is rendered after all others), laid out. */
async function follow(page: Page, streams: string): Promise<void> {
  await page.evaluate(async (value) => {
    const field = document.querySelector<HTMLInputElement>("#set-streams");
    const last = document.querySelector("[data-part=carbon]");
    if (field === null || last === null) throw new Error("no field or no carbon");
    await new Promise<void>((done) => {
      const seen = new MutationObserver(() => {
        seen.disconnect();
        if (document.body.offsetHeight > 0) done();
      });
      seen.observe(last, { childList: true });
      field.value = value;
      field.dispatchEvent(new Event("input"));
    });
  }, streams);
}

test("figures, charts, tables, limits, budgets and carbon follow within 50 ms, layout included; samples, tornado and plan within a second", async () => {
  const { page } = await openReport(browser, report);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const before = await page.innerHTML("[data-part=break-even] svg");
  const spent: number[] = [];
  const sampled: number[] = [];
  for (const streams of ["500", "900", "1700", "3100", "4900", "2500", "2600", "2700"]) {
    const start = await mainThread(session);
    await follow(page, streams);
    spent.push((await mainThread(session)) - start);
    await page.waitForSelector("html[data-settled=true]");
    sampled.push((await mainThread(session)) - start);
  }
  expect(await page.innerHTML("[data-part=break-even] svg")).not.toBe(before);
  expect(spent.every((each) => each > 0)).toBe(true);
  expect(Math.min(...spent)).toBeLessThan(50);
  expect(Math.min(...sampled)).toBeLessThan(1000);
  await page.context().close();
});

test("the first update takes little longer than later ones: the page rehearses it while nothing is to be done", async () => {
  const first: number[] = [];
  const later: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    const { page } = await openReport(browser, report);
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.waitForTimeout(1500);
    for (const [streams, spent] of [
      ["500", first],
      ["900", []],
      ["1700", later],
      ["3100", later],
    ] as const) {
      const start = await mainThread(session);
      await follow(page, streams);
      (spent as number[]).push((await mainThread(session)) - start);
      await page.waitForSelector("html[data-settled=true]");
    }
    await page.context().close();
  }
  // Without the rehearsal it is 1.8 times.
  expect(Math.min(...first) / Math.min(...later)).toBeLessThan(1.45);
});

test("the page is interactive within 300 ms of the main thread", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    await page.goto("about:blank");
    const before = await mainThread(session);
    await page.goto(`file://${report}`);
    await page.waitForSelector("html[data-ready]");
    const after = await mainThread(session);
    // Another process for another page begins to count anew.
    spent.push(after > before ? after - before : after);
  }
  expect(Math.min(...spent)).toBeLessThan(300);
  await context.close();
});

test("what a reader has opened stays open when the figures follow a slider, and nothing else opens", async () => {
  const { page } = await openReport(browser, report);
  const open = async (): Promise<string[]> =>
    page.evaluate(() =>
      Array.from(document.querySelectorAll("details[open] > summary"), (summary) => summary.textContent ?? ""),
    );
  await page.evaluate(() => {
    const folded = document.querySelector<HTMLDetailsElement>('details[data-key="lines-microservices"]');
    const items = folded?.querySelectorAll("details") ?? [];
    if (folded === null || items.length < 2) throw new Error("no line items");
    for (const each of [folded, items[1]]) if (each !== undefined) each.open = true;
  });
  const before = await open();
  await set(page, "detectors", "11");
  const after = await open();
  // amounts in the words change
  expect(after.map((words) => words.replaceAll(/[\d.,$]+/g, "#"))).toEqual(
    before.map((words) => words.replaceAll(/[\d.,$]+/g, "#")),
  );
  expect(after).not.toEqual(before);
  await page.context().close();
});

test("an address keeps the settings, reset drops them, architectures can be switched off", async () => {
  const { page, complaints } = await openReport(browser, report);
  const original = await cards(page);
  await set(page, "detectors", "13");
  await page.getByRole("checkbox", { name: "fargate" }).uncheck();
  await page.waitForFunction(() => location.hash.includes("off=fargate"));
  await page.waitForSelector("html[data-settled=true]");
  const changed = await cards(page);
  expect(Object.keys(changed)).not.toContain("fargate");
  const fragment = new URL(page.url()).hash;
  const again = await openReport(browser, report, fragment);
  expect(await cards(again.page)).toEqual(changed);
  expect(await again.page.inputValue("#set-detectors")).toBe("13");
  await again.page.click("text=Share these settings");
  expect(await again.page.textContent("[aria-label='Scenario patch']")).toBe(
    "variables:\n  detectors:\n    value: 13\n",
  );
  await again.page.click("text=Reset");
  await again.page.waitForFunction(() => location.hash === "");
  await again.page.waitForSelector("html[data-settled=true]");
  expect(await cards(again.page)).toEqual(original);
  expect([...complaints, ...again.complaints]).toEqual([]);
});

test("what is no figure, or unknown, in an address changes nothing", async () => {
  const plain = await openReport(browser, report);
  const odd = await openReport(browser, report, "#streams=-1&detectors=NaN&nothing=3&off=nothing&<script>=1");
  expect(await cards(odd.page)).toEqual(await cards(plain.page));
  expect(odd.complaints).toEqual([]);
});

test("hostile names are text: they run nothing and stay within the page", async () => {
  const file = join(folder, "hostile.yaml");
  writeFileSync(file, HOSTILE);
  const { page, complaints } = await openReport(browser, await render(file, "hostile"), "", { width: 390 });
  await set(page, "requests", "77");
  expect(await page.title()).toMatch(/^<\/script>/);
  expect(await page.$$eval("main script, main img, main svg[onload]", (found) => found.length)).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(complaints).toEqual([]);
});

test("without scripts the verdict, the pictures and the tables are there, and no panel", async () => {
  const { page, complaints } = await openReport(browser, report, "", { scripts: false });
  const text = String(await page.locator("body").textContent()).toLowerCase();
  for (const part of ["comparison", "break-even", "limits", "price book", "method"]) expect(text).toContain(part);
  expect(await page.locator("#what-if").isVisible()).toBe(false);
  expect(await page.locator("figure svg:visible").count()).toBeGreaterThanOrEqual(3);
  expect(complaints).toEqual([]);
});

test("on paper every part is there, with what was folded, and no panel", async () => {
  const { page } = await openReport(browser, report, "", { dark: true });
  const pdf = await page.pdf({ format: "A4" });
  expect(pdf.length).toBeGreaterThan(50_000);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const headings = await page.locator("h2:visible").allInnerTexts();
  for (const part of ["Comparison", "Break-even", "Limits", "Data quality", "Price book", "Method", "Command"]) {
    expect(headings.join("\n")).toContain(part);
  }
  expect(await page.locator("#what-if").isVisible()).toBe(false);
  expect(await page.locator("details:not([open])").count()).toBe(0);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"]).toContain(paper);
});
