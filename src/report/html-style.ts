// The style of the HTML page. Dark colours apply to screens only, so that paper stays white.

export const PAGE_STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --page: #ffffff; --line: #d8dee4; --good: #116329; --bad: #a40e26; }
@media screen and (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --soft: #9da7b1; --page: #0f1318; --line: #30363d; --good: #56d364; --bad: #ff8b84; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2.5rem 1.25rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1 { margin: 0 0 0.5rem; font-size: 1.75rem; line-height: 1.25; text-wrap: balance; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.25rem; }
p { margin: 0.5rem 0; max-width: 50rem; }
.soft, caption, footer { color: var(--soft); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: 0.5rem 0; font-size: 0.9rem; overflow-wrap: normal; }
caption { text-align: left; padding: 0.25rem 0; }
th, td { padding: 0.35rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--soft); font-weight: 500; }
.figure { text-align: right; white-space: nowrap; }
tfoot td, tfoot th { border-bottom: 0; font-weight: 600; }
code { font: 0.85em ui-monospace, monospace; overflow-wrap: anywhere; }
td code { display: block; min-width: 12rem; }
a { color: inherit; }
figure { margin: 1.5rem 0; }
figure img { max-width: 100%; height: auto; background: #ffffff; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 0.9rem; }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  .scroll { overflow: visible; }
  tr, figure { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;
