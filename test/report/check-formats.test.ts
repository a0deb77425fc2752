import { expect, test } from "vitest";
import { renderGithub } from "../../src/report/check-github.ts";
import { renderGitlab } from "../../src/report/check-gitlab.ts";
import { renderCheckJson } from "../../src/report/check-json.ts";
import { renderJunit } from "../../src/report/check-junit.ts";
import { marker, renderCheckMarkdown, renderComments, renderSummary } from "../../src/report/check-markdown.ts";
import { renderSarif } from "../../src/report/check-sarif.ts";
import { renderCheckText } from "../../src/report/check-text.ts";
import { MOST_CHARACTERS } from "../../src/report/markdown.ts";
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

test("sarif: budgets of one id in two scenarios are two rules, a shared one is one", () => {
  const of = (file: string, line: number) => {
    const place = { file, line, column: 5 };
    return report([outcome({ assert: `${file} ${line}`, place })], file, file).scenarios;
  };
  const rulesOf = (scenarios: ReturnType<typeof of>) => {
    const [run] = JSON.parse(renderSarif({ ...plain, scenarios })).runs;
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id);
    for (const { ruleId, ruleIndex } of run.results) expect(ids[ruleIndex]).toBe(ruleId);
    return ids;
  };
  expect(rulesOf([...of("a.yaml", 1), ...of("b.yaml", 1)])).toEqual(["monolith-cost/a.yaml", "monolith-cost/b.yaml"]);
  const [shared] = of("budgets.yaml", 1);
  if (shared === undefined) throw new Error("no scenario");
  expect(rulesOf([shared, { ...shared, file: "b.yaml" }])).toEqual(["monolith-cost"]);
});

/** What Jenkins' junit-10.xsd allows: attributes (required ones with !) and children of each element. */
const STRICT: Readonly<Record<string, { readonly attributes: string; readonly children: string }>> = {
  testsuites: { attributes: "name time tests failures errors", children: "testsuite" },
  testsuite: {
    attributes: "name! tests! failures! errors! group time skipped timestamp hostname id package file log url",
    children: "testsuite properties testcase system-out system-err",
  },
  testcase: { attributes: "name! time classname group", children: "skipped error failure system-out system-err" },
  failure: { attributes: "type message", children: "" },
  skipped: { attributes: "type message", children: "" },
  "system-out": { attributes: "", children: "" },
};

test.each([
  { of: "a check", given: plain },
  { of: "hostile names", given: hostile() },
  {
    of: "all states",
    given: report([outcome(), outcome({ fails: "warn" }), outcome({ status: "skipped", fails: "no" }), kept]),
  },
])("junit: $of is within Jenkins' strict schema", ({ given }) => {
  const open: string[] = [];
  for (const [, end, name = "", attributes = "", single] of renderJunit(given).matchAll(
    /<(\/?)([a-z][a-z-]*)((?: [a-z]+="[^"]*")*)(\/?)>/g,
  )) {
    if (end === "/") {
      expect(open.pop()).toBe(name);
      continue;
    }
    const allowed = STRICT[name]?.attributes.split(" ") ?? [];
    const found = [...attributes.matchAll(/ ([a-z]+)="[^"]*"/g)].map(([, attribute = ""]) => attribute);
    expect(allowed.map((one) => one.replace("!", ""))).toEqual(expect.arrayContaining(found));
    for (const one of allowed.filter((attribute) => attribute.endsWith("!"))) expect(found).toContain(one.slice(0, -1));
    const parent = open.at(-1);
    if (parent !== undefined) expect(STRICT[parent]?.children.split(" ")).toContain(name);
    if (single !== "/") open.push(name);
  }
  expect(open).toEqual([]);
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

test("a scenario that was deleted is reported in every format", () => {
  const gone = { file: "scenarios/old.yaml", name: "Old & gone", budgets: 2, moved_to: null, fails: "no" as const };
  const said = "scenarios/old.yaml (Old & gone) was deleted since main: it and its 2 budgets are checked no more";
  const checked = { ...report([kept]), gone: [gone], baseline: { name: "main", commit: null } };
  const [finding] = JSON.parse(renderGitlab(checked));
  expect(finding).toMatchObject({ description: said, severity: "info", location: { path: "scenarios/old.yaml" } });
  expect(JSON.parse(renderSarif(checked)).runs[0].invocations).toEqual([
    { executionSuccessful: true, toolExecutionNotifications: [{ level: "note", message: { text: said } }] },
  ]);
  const xml = renderJunit(checked);
  expect(xml).toContain(`<skipped message="${said.replace("&", "&amp;")}"/>`);
  expect(xml).toContain('<testsuites name="archcost" tests="2" failures="0" errors="0">');
  expect(xml.match(/<testcase /g)).toHaveLength(2);
  for (const text of [renderCheckText(checked), renderGithub(checked), renderCheckMarkdown(checked)]) {
    expect(text.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replace(/\s+/g, " ")).toContain(
      "was deleted since main",
    );
  }
});

test("what a change did to its own budgets stands first in every format, and fails", () => {
  const change = {
    id: "steps",
    file: "scenarios/api.yaml",
    what: "level error became warn",
    effect: "weaker" as const,
    fails: "error" as const,
    place: { file: "scenarios/api.yaml", line: 12, column: 5 },
  };
  const { counts } = plain;
  const changed = { ...plain, budget_changes: [change], counts: { ...counts, budget_changes: 1 } };
  const said = "budgets changed: steps: level error became warn";
  expect(renderCheckText(changed).split("\n").slice(0, 2)).toEqual([
    "archcost check: budgets changed, 1 of 2 budgets broken, against origin/main",
    `error: ${said} (scenarios/api.yaml:12)`,
  ]);
  expect(renderGithub(changed)).toMatch(
    /^::error file=scenarios\/api\.yaml,line=12,col=5,title=Budgets changed::budgets/,
  );
  expect(JSON.parse(renderGitlab(changed))[0]).toMatchObject({ description: said, severity: "major" });
  const [run] = JSON.parse(renderSarif(changed)).runs;
  expect(run.results[0]).toMatchObject({ ruleId: "archcost/budgets-changed", level: "error", message: { text: said } });
  expect(run.tool.driver.rules[run.results[1].ruleIndex].id).toBe(run.results[1].ruleId);
  const xml = renderJunit(changed);
  expect(xml).toContain('tests="3" failures="2"');
  expect(xml.indexOf(said)).toBeLessThan(xml.indexOf("monolith-cost"));
  const markdown = renderCheckMarkdown(changed);
  expect(markdown).toContain("## ❌ archcost: budgets changed");
  expect(markdown.indexOf("level error became warn")).toBeLessThan(markdown.indexOf("### "));
  const one = JSON.parse(renderCheckJson(changed));
  expect(one.budget_changes).toEqual([change]);
});

test("json reads back as the contract", () => {
  expect(checkSchema.parse(JSON.parse(renderCheckJson(plain)))).toEqual(plain);
});

test("markdown: marker, headline, one table, the rest folded", () => {
  expect(renderCheckMarkdown(plain)).toMatchInlineSnapshot(`
    "<!-- archcost:6e340b9cffb3 -->
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

/** A check of many scenarios, each with a change of its own. */
function many(count: number, broken: number) {
  const [first] = report(
    Array.from({ length: broken }, (_, i) => outcome({ id: `b${i}`, message: "long ".repeat(30) })),
  ).scenarios;
  if (first === undefined) throw new Error("no scenario");
  return { ...plain, scenarios: Array.from({ length: count }, (_, i) => ({ ...first, file: `scenarios/${i}.yaml` })) };
}

test("markdown: one comment, cut to what a comment may have, with the verdict of each scenario whole", () => {
  const long = renderCheckMarkdown(many(4, 900));
  expect(long.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(long.match(/<!-- archcost:/g)).toHaveLength(1);
  expect(long.match(/900 of 900 budgets broken/g)).toHaveLength(4);
  expect(long.match(/<details>/g)?.length).toBe(long.match(/<\/details>/g)?.length);
  expect(new TextEncoder().encode(renderSummary(many(4, 900))).length).toBeLessThan(1_048_576);
});

test("markdown: of thousands of scenarios those that fit, and how many more", () => {
  const long = renderCheckMarkdown(many(3000, 1));
  expect(long.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  const shown = long.match(/^### /gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(50);
  expect(long).toContain(`and ${3000 - shown} more scenarios`);
});

const CHANGE = {
  method: "run again" as const,
  price_book: { before: "a", after: "a" },
  program: { before: "0.1.0", after: "0.1.0" },
  edits: [],
  architectures: [],
};

test("of many scenarios the ones that a change touches or breaks are shown, the others counted", () => {
  const [one] = report([kept, kept]).scenarios;
  if (one === undefined) throw new Error("no scenario");
  const edit = { cause: "design" as const, path: "variables.x", before: "1", after: "2", place: null };
  const scenarios = Array.from({ length: 200 }, (_, i) => ({
    ...one,
    name: `S${i}`,
    file: `s/${i}.yaml`,
    change: { ...CHANGE, edits: i === 7 ? [edit] : [] },
    outcomes: i === 99 ? [outcome()] : one.outcomes,
  }));
  const checked = { ...plain, named: ["s/*.yaml"], scenarios };
  const text = renderCheckMarkdown(checked);
  expect(text.match(/<!-- archcost:/g)).toHaveLength(1);
  expect(text.match(/^### .*: /gm)).toEqual(["### ✅ S7: ", "### ❌ S99: "]);
  expect(text).toContain("198 scenarios are unchanged (396 budgets kept).");
  const comments = renderComments(checked).split(/^(?=<!-- archcost:)/m);
  expect(comments).toHaveLength(3);
  expect(comments[0]).toContain("198 scenarios are unchanged");
  expect(comments.slice(1).map((comment) => comment.split("\n")[0])).toEqual(
    [7, 99].map((i) => marker(checked, { file: `s/${i}.yaml` })),
  );
  for (const comment of comments) expect(comment.startsWith(marker(checked).replace(" -->", ""))).toBe(true);
});

test("the marker is of the call and the file, whatever the figures", () => {
  const at = (file: string) => marker({ named: ["a"] }, { file });
  expect(at("a/b.yaml")).not.toBe(at("a-b.yaml"));
  expect(at("a/b.yaml")).toBe(at("a/b.yaml"));
  expect(marker({ named: ["a"] })).not.toBe(marker({ named: ["b"] }));
  expect(at("--><script>")).toMatch(/^<!-- archcost:[0-9a-f]{12}:[0-9a-f]{12} -->$/);
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
