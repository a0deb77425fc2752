// Reports of two checkouts, opened in a real browser, their sliders moved to the same places: what each page then shows.
import { pathToFileURL } from "node:url";
import chromium from "@sparticuz/chromium";
import { chromium as driver } from "playwright-core";

/**
 * @param reports files of the same scenario's report, one a checkout
 * @param count settings that are tried
 * @returns for each setting the text of each page, and its figures
 */
export async function openPages(reports, count) {
  const browser = await driver.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const controls = await controlsOf(browser, reports[0]);
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const found = [];
    for (let i = 0; i < count; i += 1) {
      const moved = controls.filter(() => random() < 0.5);
      const settings = moved.map(({ name, value }) => {
        const near = value * 4 ** (2 * random() - 1);
        return `${name}=${Number.isInteger(value) ? Math.max(1, Math.round(near)) : Number(near.toPrecision(4))}`;
      });
      const fragment = settings.join("&");
      const texts = [];
      for (const report of reports) texts.push(await textAt(browser, report, fragment));
      found.push({ settings: fragment, texts });
    }
    return found;
  } finally {
    await browser.close();
  }
}

async function open(browser, report, fragment) {
  const page = await browser.newPage();
  await page.goto(`${pathToFileURL(report).href}${fragment === "" ? "" : `#${fragment}`}`);
  await page.waitForSelector("html[data-settled=true]", { timeout: 60_000 });
  return page;
}

/** Sliders of a page: their names, and the values of the scenario as it is written. */
async function controlsOf(browser, report) {
  const page = await open(browser, report, "");
  const found = await page.$$eval("#what-if input[type=number]", (inputs) =>
    inputs.map(({ id, value }) => ({ name: id.replace(/^set-/, ""), value: Number(value) })),
  );
  await page.close();
  return found.filter(({ value }) => value > 0);
}

async function textAt(browser, report, fragment) {
  const page = await open(browser, report, fragment);
  const text = await page.evaluate(() => {
    for (const each of document.querySelectorAll("details")) each.open = true;
    const figures = [...document.querySelectorAll("[data-value]")].map((each) => each.getAttribute("data-value"));
    return `${document.body.innerText}\n${figures.join("\n")}`;
  });
  await page.close();
  return text;
}
