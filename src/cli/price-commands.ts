import type { Command } from "commander";
import { many, type On, options } from "./command-line.ts";
import type { Io } from "./process.ts";

/** `archcost prices list`, `show` and `verify`. */
export function addPriceCommands(program: Command, io: Io, on: On): void {
  const prices = program.command("prices").description("what prices are known, with source, date, age and status");
  const common = (command: Command): Command =>
    command.option("--pricing <folder>", "prices of your own (repeatable)", many);
  on(
    common(
      prices
        .command("list")
        .description("services, regions and the age of their prices")
        .argument("[service]", "e.g. aws/lambda"),
    ),
    async (...args) => {
      const { pricesList } = await import("./prices.ts");
      return pricesList(options(args, 0), options(args, 1), io);
    },
  );
  on(
    common(
      prices
        .command("show")
        .description("every price of a service in a region")
        .argument("<service>", "e.g. aws/lambda")
        .argument("[region]", "e.g. eu-central-1"),
    ),
    async (...args) => {
      const { pricesShow } = await import("./prices.ts");
      return pricesShow(options(args, 0), options(args, 1), options(args, 2), io);
    },
  );
  on(
    common(
      prices.command("verify").description("check every price: source, date, tiers, dates, declared gaps"),
    ).argument("[service]"),
    async (...args) => {
      const { pricesVerify } = await import("./prices.ts");
      return pricesVerify(options(args, 0), options(args, 1), io);
    },
  );
}
