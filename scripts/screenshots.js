// npm run screenshots: the report of Prime Video as people see it, on a phone, a laptop and a wide screen, into docs/screenshots/.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { chromium as driver } from "playwright-core";

const ROOT = join(import.meta.dirname, "..");
const SCREENS = [
  { width: 390, height: 844, colorScheme: "light" },
  { width: 1024, height: 1100, colorScheme: "light" },
  { width: 1920, height: 1080, colorScheme: "dark" },
];

const folder = mkdtempSync(join(tmpdir(), "archcost-screens-"));
const argv = [
  "bin/archcost.js",
  "run",
  "scenarios/prime-video.yaml",
  "--output",
  folder,
  "--charts",
  "none",
  "--quiet",
];
const { status, stderr } = spawnSync(process.execPath, argv, {
  cwd: ROOT,
  encoding: "utf8",
  env: { ...process.env, ARCHCOST_TODAY: "2026-11-23" },
});
if (status !== 0) throw new Error(stderr);
const browser = await driver.launch({
  executablePath: await chromium.executablePath(),
  args: ["--no-sandbox", "--disable-gpu"],
});
mkdirSync(join(ROOT, "docs", "screenshots"), { recursive: true });
for (const { width, height, colorScheme } of SCREENS) {
  const page = await (await browser.newContext({ viewport: { width, height }, colorScheme })).newPage();
  await page.goto(`file://${join(folder, "report.html")}`);
  await page.waitForSelector("html[data-ready]");
  await page.screenshot({ path: join(ROOT, "docs", "screenshots", `report-${width}.png`) });
  console.log(`docs/screenshots/report-${width}.png`);
}
await browser.close();
rmSync(folder, { recursive: true, force: true });
