// Laws of environments and accounts: one payer, so money does not care how accounts are cut; quotas do.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ArchitectureResult } from "../../src/result/schema.ts";
import { runText } from "../run.ts";

const NAMES = ["red", "green", "blue"] as const;
type Fleet = { readonly instances: number; readonly sent: number; readonly account: (typeof NAMES)[number] };

const fleet: fc.Arbitrary<Fleet> = fc.record({
  instances: fc.integer({ min: 1, max: 9 }),
  // GB out a month: on both sides of the first edge of 10,240 GB
  sent: fc.integer({ min: 1, max: 20_000 }),
  account: fc.constantFrom(...NAMES),
});
const RUNS = { numRuns: 12 };

async function resultOf(fleets: readonly Fleet[], accounts: boolean, environments = ""): Promise<ArchitectureResult> {
  const components = fleets.flatMap(({ instances, sent, account }, i) => {
    const of = accounts ? `, account: ${account}` : "";
    return [
      `      vm${i}: { service: aws/ec2, instance: m5.large, instances: ${instances}${of} }`,
      `      out${i}: { service: aws/data-transfer-internet, data: ${sent} GB${of} }`,
    ];
  });
  const { architectures } = await runText(`
scenario: Accounts
region: us-east-1
as_of: 2026-11-23
workload: { unit: round, driver: rounds, throughput: rounds / 1 month }
variables: { rounds: 1 }
${environments}
architectures:
  a:
    components:
${components.join("\n")}
`);
  const only = architectures["a"];
  if (only === undefined) throw new Error("no architecture");
  return only;
}

test("how an organisation is cut into accounts changes no cent, and each account has its own quota", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fleet, { minLength: 1, maxLength: 4 }), async (fleets) => {
      const [one, cut] = [await resultOf(fleets, false), await resultOf(fleets, true)];
      expect(cut.cost.month).toBeCloseTo(one.cost.month, 6);
      const vcpus = (of: ArchitectureResult): Map<string | null, number> =>
        new Map(
          of.limits.flatMap(({ quota, account, demand }) =>
            quota === "aws/ec2/standard_vcpu" ? [[account, demand]] : [],
          ),
        );
      const own = new Map<string, number>();
      for (const { account, instances } of fleets) own.set(account, 2 * instances + (own.get(account) ?? 0));
      expect(vcpus(cut)).toEqual(own);
      expect(vcpus(one)).toEqual(new Map([[null, [...own.values()].reduce((a, b) => a + b)]]));
    }),
    RUNS,
  );
});

test("environments add up to the whole, and one of half the load that is never off sends half as much", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fleet, { minLength: 1, maxLength: 3 }), async (fleets) => {
      const a = await resultOf(fleets, true, "environments: { live: {}, half: { load: 50% } }");
      const { live, half } = a.environments ?? {};
      expect((live?.month ?? Number.NaN) + (half?.month ?? Number.NaN)).toBeCloseTo(a.cost.month, 6);
      const sent = (environment: string): number =>
        a.line_items
          .filter((line) => line.x_Environment === environment && line.x_Service === "aws/data-transfer-internet")
          .reduce((sum, line) => sum + line.ConsumedQuantity, 0);
      expect(sent("half")).toBeCloseTo(sent("live") / 2, 3);
      const mass = (environment: string | undefined): number =>
        (a.carbon?.lines ?? [])
          .filter(({ component }) => environment === undefined || a.components[component]?.environment === environment)
          .reduce((sum, { operational, embodied }) => sum + operational.central + embodied.central, 0);
      expect(mass("live") + mass("half")).toBeCloseTo(mass(undefined), 6);
      // instances do not follow the load: as much carbon in both, and what is sent draws half
      expect(mass("half")).toBeGreaterThan(0.5 * mass("live"));
    }),
    RUNS,
  );
});
