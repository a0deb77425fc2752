import { describe, expect, test } from "vitest";
import { carbonBeside } from "../../src/report/carbon.ts";
import { archcost, runText } from "../run.ts";

const at = (region: string): string => `scenario: a
region: ${region}
as_of: 2026-11-23
assume_prices_from: { ${region}: us-east-1 }
workload: { unit: unit, driver: units, throughput: units / 1 month }
variables: { units: 1 }
architectures: { only: { components: { x: { service: aws/ec2, instance: m5.large } } } }
`;

describe("beside the carbon of a comparison", () => {
  test("a region whose contracts are known has a market-based figure, 0 where it is 0", async () => {
    expect(carbonBeside(await runText(at("eu-west-1")))[0]).toMatch(/market-based: only 0 kg$/);
  });
  test("unknown is not 0: nothing is said", async () => {
    expect(carbonBeside(await runText(at("mx-central-1")))).toEqual([]);
  });
  test.each(["table", "markdown"])("%s tells of both", async (format) => {
    const { stdout } = await archcost(["run", "scenarios/prime-video.yaml", "--quiet", "--format", format]);
    expect(stdout).toContain("market-based:");
    expect(stdout).toContain("Water of cooling a month:");
  });
});
