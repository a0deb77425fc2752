// A real browser from the registry alone. One that does not start fails the tests: nothing is skipped.
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver, type Page } from "playwright-core";

export async function startBrowser(): Promise<Browser> {
  // None of the package's own switches: they weaken the policy that is tested, and put all pages into one process.
  return driver.launch({ executablePath: await chromium.executablePath(), args: ["--no-sandbox", "--disable-gpu"] });
}

export type Opened = {
  readonly page: Page;
  /** console errors, faults of the page, refusals of its policy, requests that leave it */
  readonly complaints: readonly string[];
};

export type Look = { readonly width?: number; readonly dark?: boolean; readonly scripts?: boolean };

/** Opens a report from its file and waits until it computes (where it may run scripts). */
export async function openReport(browser: Browser, file: string, fragment = "", look: Look = {}): Promise<Opened> {
  const { width = 1024, dark = false, scripts = true } = look;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: scripts,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (fault) => complaints.push(String(fault)));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) complaints.push(`request to ${request.url()}`);
  });
  await page.goto(`file://${file}${fragment}`);
  if (scripts) await page.waitForSelector("html[data-ready]", { timeout: 10_000 });
  return { page, complaints };
}
