import { expect, test } from "vitest";
import { renderGithub } from "../../src/report/check-github.ts";
import { renderGitlab } from "../../src/report/check-gitlab.ts";
import { renderCheckJson } from "../../src/report/check-json.ts";
import { renderJunit } from "../../src/report/check-junit.ts";
import { MOST_CHARACTERS, marker, renderCheckMarkdown, renderSummary } from "../../src/report/check-markdown.ts";
import { renderSarif } from "../../src/report/check-sarif.ts";
import { renderCheckText } from "../../src/report/check-text.ts";
import { checkSchema } from "../../src/result/check.ts";
import { hostile, kept, outcome, report } from "./check-report.ts";

const plain = report([outcome({ advice: "Ask finops", owner: "payments" }), kept]);

test("text: a line for each budget, what broke one beneath it", () => {
  expect(renderCheckText(plain)).toMatchInlineSnapshot(`
    "archcost check: 1 of 2 budgets broken, against origin/main

    scenario scenarios/api.yaml: Order API
      cost   monolith: $149,000 a month, +$29,000 (+24.2 %)
      ✗ monolith-cost: monolith.cost.month is $149,000; wanted: at most $140,000, 6.4 % over
          budget: scenarios/api.yaml:12: monolith.cost.month <= 140 kUSD
          rise: monolith.fleet, Instance hours: $120,000 to $149,000 a month (scenarios/api.yaml:40)
          advice: Ask finops
          owner: payments
      ✓ ranking: monolith.cost.month is $149,000; wanted: at most $140,000, 6.4 % over
    "
  `);
});

test("github: the annotation stands at the edited line, and its text is escaped", () => {
  expect(renderGithub(plain)).toBe(
    "::error file=scenarios/api.yaml,line=40,col=5,title=Budget monolith-cost::Order API: monolith.cost.month is $149,000; wanted: at most $140,000, 6.4 %25 over. Greatest rise: monolith.fleet, Instance hours: $120,000 to $149,000 a month (scenarios/api.yaml:40). Ask finops Owner: payments.\n",
  );
});

test("github: the worst nine of a kind and how many more, since GitHub hides the rest without a word", () => {
  const many = Array.from({ length: 14 }, (_, i) => outcome({ id: `b${i}`, margin: -i / 100 }));
  const warnings = Array.from({ length: 3 }, (_, i) => outcome({ id: `w${i}`, fails: "warn", level: "warn" }));
  const lines = renderGithub(report([...many, ...warnings]))
    .trimEnd()
    .split("\n");
  expect(lines.filter((line) => line.startsWith("::error "))).toHaveLength(9);
  expect(lines[0]).toContain("title=Budget b13::");
  expect(lines).toContain("::error::and 5 more broken budgets: see the summary");
  expect(lines.filter((line) => line.startsWith("::warning "))).toHaveLength(3);
});

test("junit: a failure fails, a warning and a waiver pass and say something, what is new is skipped", () => {
  const xml = renderJunit(
    report([
      outcome(),
      outcome({ id: "w", fails: "warn", level: "warn" }),
      outcome({ id: "v", fails: "no", status: "waived" }),
      outcome({ id: "n", fails: "no", status: "skipped", passed: "undetermined" }),
      kept,
    ]),
  );
  expect(xml.match(/<testcase /g)).toHaveLength(5);
  expect(xml.match(/<failure /g)).toHaveLength(1);
  expect(xml.match(/<system-out>/g)).toHaveLength(2);
  expect(xml.match(/<skipped /g)).toHaveLength(1);
  expect(xml).toContain('tests="5" failures="1"');
});

test("sarif: rules, levels, places and fingerprints that do not hold figures", () => {
  const waived = outcome({
    id: "v",
    fails: "no",
    status: "waived",
    waiver: { until: "2027-01-01", reason: "asked for" },
  });
  const of = (worse: number) =>
    JSON.parse(renderSarif(report([outcome({ margin: worse, message: `${worse}` }), waived, kept])));
  const log = of(-0.1);
  const [run] = log.runs;
  expect(log.version).toBe("2.1.0");
  expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual(["monolith-cost", "v", "ranking"]);
  expect(run.results).toHaveLength(2);
  expect(run.results[0]).toMatchObject({
    ruleId: "monolith-cost",
    ruleIndex: 0,
    level: "error",
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "scenarios/api.yaml", uriBaseId: "%SRCROOT%" },
          region: { startLine: 40, startColumn: 5 },
        },
      },
    ],
  });
  expect(run.results[1]).toMatchObject({
    level: "note",
    suppressions: [{ kind: "external", justification: "asked for" }],
  });
  expect(of(-0.7).runs[0].results[0].partialFingerprints).toEqual(run.results[0].partialFingerprints);
  expect(run.results[0].partialFingerprints).not.toEqual(run.results[1].partialFingerprints);
});

test("sarif: a file name becomes a URI", () => {
  const odd = report([outcome({ place: { file: "a b/ö#?.yaml", line: 1, column: 1 }, causes: [] })]);
  const { uri } = JSON.parse(renderSarif(odd)).runs[0].results[0].locations[0].physicalLocation.artifactLocation;
  expect(uri).toBe("a%20b/%C3%B6%23%3F.yaml");
});

test("gitlab: one finding for each broken budget, each with a fingerprint of its own", () => {
  const findings = JSON.parse(renderGitlab(report([outcome(), outcome({ id: "w", fails: "warn" }), kept])));
  expect(findings).toEqual([
    expect.objectContaining({
      check_name: "monolith-cost",
      severity: "major",
      location: { path: "scenarios/api.yaml", lines: { begin: 40 } },
    }),
    expect.objectContaining({ check_name: "w", severity: "minor" }),
  ]);
  expect(new Set(findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(2);
});

test("a scenario that was deleted is told in every format", () => {
  const gone = { ...report([kept]), gone: [{ file: "scenarios/old.yaml", name: "Old & gone", budgets: 2 }] };
  const told = "scenarios/old.yaml (Old & gone) was deleted since main: it and its 2 budgets are checked no more";
  const checked = { ...gone, baseline: { name: "main", commit: null } };
  const [finding] = JSON.parse(renderGitlab(checked));
  expect(finding).toMatchObject({ description: told, severity: "info", location: { path: "scenarios/old.yaml" } });
  expect(JSON.parse(renderSarif(checked)).runs[0].invocations).toEqual([
    { executionSuccessful: true, toolExecutionNotifications: [{ level: "note", message: { text: told } }] },
  ]);
  const xml = renderJunit(checked);
  expect(xml).toContain(`<skipped message="${told.replace("&", "&amp;")}"/>`);
  expect(xml).toContain('<testsuites name="archcost" tests="2" failures="0" errors="0" skipped="1">');
  expect(xml.match(/<testcase /g)).toHaveLength(2);
  for (const text of [renderCheckText(checked), renderGithub(checked), renderCheckMarkdown(checked)]) {
    expect(text.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replace(/\s+/g, " ")).toContain(
      "was deleted since main",
    );
  }
});

test("json reads back as the contract", () => {
  expect(checkSchema.parse(JSON.parse(renderCheckJson(plain)))).toEqual(plain);
});

test("markdown: marker, headline, one table, the rest folded", () => {
  expect(renderCheckMarkdown(plain)).toMatchInlineSnapshot(`
    "<!-- archcost:scenarios-api.yaml:d1319ecee43a -->
    ### ❌ Order API: 1 of 2 budgets broken

    **monolith: +$29,000 (+24.2 %) to $149,000 a month; monolith is the cheapest at $149,000 a month**

    | Budget |  | found | wanted |
    | --- | --- | ---: | ---: |
    | ❌ monolith-cost | broken | $149,000 | at most $140,000 |
    | ✅ ranking | kept | $149,000 | at most $140,000 |

    - **monolith-cost** (scenarios/api.yaml:12): monolith.cost.month is $149,000; wanted: at most $140,000, 6.4 % over
      - monolith.fleet, Instance hours: $120,000 to $149,000 a month, scenarios/api.yaml:40
      - Ask finops
      - owner: payments

    <details>
    <summary>Costs</summary>

    | Architecture | before | a month | change |
    | --- | ---: | ---: | ---: |
    | **monolith** | $120,000 | $149,000 | +$29,000 (+24.2 %) |

    </details>

    <sub>scenarios/api.yaml, archcost 0.1.0, compared with origin/main (0123456). This comment is updated when the pull request changes.</sub>
    "
  `);
});

test("markdown: cut to what a comment may have, with the marker and the verdict of each scenario whole", () => {
  const [first] = report(
    Array.from({ length: 900 }, (_, i) => outcome({ id: `b${i}`, message: "long ".repeat(30) })),
  ).scenarios;
  if (first === undefined) throw new Error("no scenario");
  const scenarios = Array.from({ length: 4 }, (_, i) => ({ ...first, file: `scenarios/${i}.yaml` }));
  const long = renderCheckMarkdown({ ...plain, scenarios });
  expect(long.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  for (const scenario of scenarios) expect(long).toContain(marker(scenario));
  expect(long.match(/900 of 900 budgets broken/g)).toHaveLength(4);
  expect(long.match(/<details>/g)?.length).toBe(long.match(/<\/details>/g)?.length);
  expect(new TextEncoder().encode(renderSummary({ ...plain, scenarios })).length).toBeLessThan(1_048_576);
});

test("the marker is of the file, whatever the figures", () => {
  const at = (file: string) => marker({ file });
  expect(at("a/b.yaml")).not.toBe(at("a-b.yaml"));
  expect(at("a/b.yaml")).toBe(at("a/b.yaml"));
  expect(at("--><script>")).toMatch(/^<!-- archcost:[A-Za-z0-9.-]*:[0-9a-f]{12} -->$/);
});

test("no log line can be taken for a workflow command", () => {
  for (const line of renderCheckText(hostile()).split("\n")) {
    expect(line).not.toMatch(/^\s*::|##\[/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
    expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
  }
});

test("annotations: no text ends its command or begins another", () => {
  const lines = renderGithub(hostile()).trimEnd().split("\n");
  expect(lines).toHaveLength(3);
  expect(lines.at(-1)).toMatch(/^::notice title=Scenario deleted::/);
  for (const line of lines) expect(line).not.toMatch(/\r/);
  for (const line of lines.slice(0, 2)) {
    expect(line).toMatch(/^::(?:error|warning) file=[^,:]*,line=1,col=1,title=[^,:]*::/);
    expect(line).not.toMatch(/\r/);
  }
});

test("markdown: no markup, mention, reference or marker of a stranger's", () => {
  const text = renderCheckMarkdown(hostile());
  const markers = text.split("\n").filter((line) => line.startsWith("<!-- archcost:"));
  expect(markers).toHaveLength(1);
  expect(text.match(/<!--/g)).toHaveLength(1);
  expect(text).not.toMatch(/<script|`code`|@octocat|(?<!&)#12/);
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  const columns = text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split(" | ").length);
  expect(new Set(columns).size).toBeLessThanOrEqual(4);
});

test("xml: well formed whatever the text", () => {
  const xml = renderJunit(hostile());
  expect(xml).not.toMatch(/<script|<!\[CDATA|<!--/);
  expect(xml.replaceAll(/<[^<>]*>/g, "")).not.toMatch(/[<>]/);
  expect(xml.replaceAll(/&(?:amp|lt|gt|quot|apos);/g, "")).not.toContain("&");
});

test("json formats hold the text and nothing of it outside", () => {
  for (const render of [renderSarif, renderGitlab, renderCheckJson])
    expect(() => JSON.parse(render(hostile()))).not.toThrow();
  expect(renderSarif(hostile())).not.toContain("\u202e");
});
