// Vogels' test: one team, the same scaling and security, and data exchanged.
import { expect, test } from "vitest";
import { archcost, runText, withFile } from "../run.ts";

const line = "service: custom/line, source: test, reason: test, quantity: 1";
const one = "team: media, scales_with: streams, security: internal";
const scenario = (components: string): string => `
scenario: Parts
region: us-east-1
as_of: 2026-11-23
workload: { unit: call, driver: calls, throughput: calls / 1 month }
variables: { calls: 1 }
architectures:
  parts:
    components:
${components
  .trim()
  .split("\n")
  .map((text) => `      ${text.trim()}`)
  .join("\n")}
`;
const work = (name: string, keys: string): string => `${name}: { ${line}, role: work, price: 10 USD, ${keys} }`;

const PIPELINE = `
${work("convert", `${one}, writes_to: store, called_by: flow`)}
${work("detect", `${one}, reads_from: [store], called_by: flow`)}
${work("bill", "team: finance, scales_with: streams, security: cards, reads_from: store")}
${work("archive", one)}
${work("other", "team: media")}
store: { ${line}, role: data-passing, price: 7 USD }
flow: { ${line}, role: coordination, price: 30 USD }
`;

test("groups that share all three and exchange data are candidates, with what stands between them", async () => {
  const { combine } = await runText(scenario(PIPELINE));
  expect(combine?.["parts"]?.candidates).toEqual([
    {
      components: ["convert", "detect"],
      team: "media",
      scales_with: "streams",
      security: "internal",
      exchanges: ["convert and detect through store and flow"],
      through: ["store", "flow"],
      boundary: { coordination: 30, data_passing: 0, share: expect.closeTo(30 / 87, 12) },
      // `bill` reads from the store too
      shared: { coordination: 0, data_passing: 7, share: expect.closeTo(7 / 87, 12) },
      shared_with: ["bill"],
    },
  ]);
  expect(combine?.["parts"]?.not).toEqual([
    {
      components: ["convert", "bill"],
      why: "exchange data, but differ in team (media; finance) and security (internal; cards)",
    },
    {
      components: ["convert with detect", "archive"],
      why: "are alike in team, scaling and security, but exchange no data",
    },
    { components: ["other"], why: "tells no scaling, no security" },
  ]);
});

test("a direct call is an exchange; two readers of one store exchange nothing", async () => {
  const { combine } = await runText(
    scenario(`
${work("a", `${one}, calls_to: b`)}
${work("b", one)}
${work("c", `${one}, reads_from: store`)}
${work("d", `${one}, reads_from: store`)}
store: { ${line}, role: storage, price: 1 USD }
`),
  );
  expect(combine?.["parts"]?.candidates.map(({ components }) => components)).toEqual([["a", "b"]]);
});

test("data passes through one queue after another, but not through a component that works", async () => {
  const chain = (role: string) => `
${work("a", `${one}, writes_to: topic`)}
topic: { ${line}, role: data-passing, price: 1 USD }
queue: { ${line}, role: ${role}, price: 2 USD, reads_from: topic }
${work("b", `${one}, reads_from: queue`)}
`;
  const found = await runText(scenario(chain("data-passing")));
  expect(found.combine?.["parts"]?.candidates[0]).toMatchObject({
    through: ["topic", "queue"],
    boundary: { data_passing: 3 },
  });
  expect((await runText(scenario(chain("work")))).combine?.["parts"]?.candidates).toEqual([]);
});

test("nothing told, nothing said; a name that is not there is told with the one that was meant", async () => {
  const plain = scenario(`${work("a", "zones: 1")}\n${work("b", "zones: 1")}`);
  expect((await runText(plain)).combine).toBeNull();
  await withFile(scenario(`${work("alpha", "calls_to: betta")}\n${work("beta", "zones: 1")}`), async (file) => {
    const ran = await archcost(["run", file]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('no component "betta" in "parts"');
    expect(ran.stderr).toContain('did you mean "beta"');
  });
});

test("Prime Video: what stands between converter, detectors and aggregator is what the rewrite took away", async () => {
  const ran = await archcost(["run", "scenarios/prime-video.yaml"]);
  const told = ran.stdout.replace(/\s+/g, " ");
  expect(told).toContain("microservices: convert, detect and aggregate are a candidate to combine");
  expect(told).toContain("$2,230,000 a month (coordination $1,970,000, data passing $264,000");
});
