// A report as the local server of `run --watch` hands it out: the page on disk, and a script that reloads it. The file
// itself never has that script, nor may it ask for anything.
import { html } from "./html/markup.ts";
import { sha256 } from "./sha256.ts";

/** Where the server says of new renderings. */
export const EVENTS_PATH = "/events";

/** What the server says: the version that it has, and what is wrong with the scenario now. */
export type WatchState = { readonly version: string; readonly fault: string | null };

const scriptFor = (version: string): string => `(() => {
  const own = ${JSON.stringify(version)};
  const box = document.createElement("pre");
  box.setAttribute("role", "alert");
  box.style.cssText = "position:fixed;inset:auto 0 0 0;z-index:9;margin:0;padding:1rem;max-height:60vh;overflow:auto;" +
    "white-space:pre-wrap;background:#3b0a0f;color:#fff;border-top:4px solid #ff8b84;font:0.9rem/1.4 ui-monospace,monospace";
  new EventSource(${JSON.stringify(EVENTS_PATH)}).onmessage = ({ data }) => {
    const { version, fault } = JSON.parse(data);
    if (version !== own) location.reload();
    else if (fault === null) box.remove();
    else {
      box.textContent = fault;
      document.body.append(box);
    }
  };
})();`;

const POLICY = /(content="default-src &#39;none&#39;; )(?:script-src ([^"]*?); (?=style-src))?/;

/** A page with the script that reloads it, which its policy allows by hash, and one connection to where it came from. */
export function withReload(page: string, version: string): string {
  const script = scriptFor(version);
  const policy = (_: string, start: string, own?: string): string =>
    `${start}script-src ${own === undefined ? "" : `${own} `}&#39;sha256-${sha256(script, "base64")}&#39;; connect-src &#39;self&#39;; `;
  return page
    .replace(POLICY, policy)
    .replace(/<\/body>\s*<\/html>\s*$/, () => `<script>${script}</script>\n</body>\n</html>\n`);
}

/** What stands in for a report while there is none; it reloads like one. */
export function waitingPage(version: string, fault: string): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${"default-src 'none'; base-uri 'none'; form-action 'none'"}">
<meta name="color-scheme" content="light dark">
<title>archcost: no report yet</title>
</head>
<body>
<h1>No report yet</h1>
<pre>${fault}</pre>
</body>
</html>
`.markup;
  return withReload(page, version);
}

/** Links to several reports. */
export function reportList(paths: readonly string[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${"default-src 'none'; base-uri 'none'; form-action 'none'"}">
<meta name="color-scheme" content="light dark">
<title>archcost: reports</title>
</head>
<body>
<h1>Reports</h1>
<ul>
${paths.map((path) => html`<li><a href="${path}">${path}</a></li>\n`)}</ul>
</body>
</html>
`.markup;
}
