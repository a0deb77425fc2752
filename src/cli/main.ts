import { Command, CommanderError, Option } from "commander";
import { InputError } from "../diagnostic/diagnostic.ts";
import { renderDiagnostics } from "../diagnostic/render.ts";
import { MOST_SUGGESTIONS, startSuggestions, suggestionsEnded } from "../diagnostic/suggest.ts";
import { ReaderGone } from "../io/standard.ts";
import { discardPending } from "../io/write.ts";
import { inLine } from "../result/harmless.ts";
import { EN_US } from "../result/locale.ts";
import { useNumberStyle } from "../result/number.ts";
import { many, type On, options } from "./command-line.ts";
import { harmlessIo } from "./harmless-io.ts";
import { addPriceCommands } from "./price-commands.ts";
import { EXIT, type Io, wantsColor } from "./process.ts";
import { TEMPLATES } from "./templates.ts";

/** Set by the build from package.json. */
declare const ARCHCOST_VERSION: string | undefined;
const VERSION = typeof ARCHCOST_VERSION === "string" ? ARCHCOST_VERSION : "0.0.0-source";

const HELP = `
Examples:
  archcost run scenarios/prime-video.yaml                     what each architecture costs
  archcost run my.yaml --set streams=500 --format markdown    another load, for a pull request
  archcost run my.yaml --output out                           result.json, report.html and charts in out/
  archcost explain my.yaml monolith.fleet                     how a figure came about
  archcost check my.yaml --baseline origin/main               are the budgets kept, and what changed
  archcost init --template api > my.yaml                      a first scenario of your own

Exit codes: 0 fine, 1 a budget is broken (check), 2 the input is wrong, 70 a fault of the program`;

/**
 * Runs one command line.
 * @param argv arguments without the interpreter and the script
 * @returns the exit code
 */
export async function main(argv: readonly string[], world: Io): Promise<number> {
  const io = harmlessIo(world);
  let code: number = EXIT.fine;
  useNumberStyle(EN_US);
  startSuggestions();
  const program = new Command("archcost");
  program
    .description(
      "What does an architecture cost, what limit does it hit first, what does it emit, and when is it time to change it?",
    )
    .version(VERSION)
    .helpCommand(false)
    .addHelpText("after", HELP)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(withinLines(text, argv)),
    });
  const on = (command: Command, action: (...args: readonly unknown[]) => number | Promise<number>): void => {
    command.exitOverride().action(async (...args: unknown[]) => {
      code = await action(...args);
    });
  };
  addCommands(program, io, on);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    discardPending();
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.input;
    if (error instanceof InputError) {
      const text = renderDiagnostics(error.diagnostics, { color: wantsColor(io) && io.stderr.isTTY === true });
      io.stderr.write(`${text}\n`);
      if (suggestionsEnded())
        io.stderr.write(`note: names that were meant are looked for ${MOST_SUGGESTIONS} times only\n`);
      return EXIT.input;
    }
    if (error instanceof ReaderGone) return EXIT.input;
    throw error;
  }
}

/** What commander quotes of a command line: an argument with line breaks stays in its line. */
function withinLines(text: string, argv: readonly string[]): string {
  const broken = argv.filter((argument) => argument.includes("\n"));
  return broken.reduce((shown, argument) => shown.replaceAll(argument, () => inLine(argument)), text);
}

export { standardStreams } from "../io/standard.ts";
export { harmless } from "../result/harmless.ts";

/** For the other thread of a long run; loaded there only. */
export async function serveCases(): Promise<void> {
  const { serveCases: serve } = await import("./serve-cases.ts");
  serve();
}

/** Options that every command on a scenario takes. */
function onScenario(command: Command): Command {
  return command
    .option("-a, --architecture <name>", "only this architecture (repeatable)", many)
    .option("-r, --region <region>", "run everything in this region")
    .option("--as-of <day>", "prices, quotas and coefficients of a day, e.g. 2026-11-23")
    .option("-s, --set <name=value>", "another value for a variable (repeatable)", many)
    .option("--load <share>", "a share of the scenario's load, e.g. 5%")
    .option("--pricing <folder>", "services and prices of your own, laid over the built-in ones (repeatable)", many);
}

function addCommands(program: Command, io: Io, on: On): void {
  on(
    onScenario(
      program
        .command("run")
        .description("what each architecture costs")
        .argument("<files...>", "scenario files, - for standard input"),
    )
      .addOption(
        new Option("-f, --format <format>", "how to write the result")
          .choices([
            "table",
            "json",
            "csv",
            "limits-csv",
            "carbon-csv",
            "decisions-csv",
            "markdown",
            "memo",
            "focus",
            "focus-overheads",
          ])
          .default("table"),
      )
      .option("-o, --output <folder>", "also write result.json, report.html and PNG charts there")
      .option(
        "--charts <names>",
        "which PNG charts: card, cost, items, driver, unit, limits, spread, tornado, carbon, plan, levers or none; default: all",
      )
      .option("--chart", "draw comparison and break-even with characters below the table")
      .option("-w, --watch", "with --output: render again when a scenario or a price file changes, and reload its page")
      .option("--open", "with --watch: open that page in a browser")
      .option("--locale <tag>", "how numbers are written for people, e.g. de-DE; default: en-US")
      .option("-q, --quiet", "no progress and no warnings on stderr"),
    async (...args) => {
      const { runCommand } = await import("./run.ts");
      return runCommand(options(args, 0), options(args, 1), VERSION, io);
    },
  );
  on(
    onScenario(
      program
        .command("explain")
        .description("how a figure came about, down to price, tier, source and date")
        .argument("<file>", "scenario file")
        .argument("<address>", "ARCHITECTURE[.COMPONENT[.METER]]"),
    )
      .addOption(new Option("-f, --format <format>").choices(["text", "json"]).default("text"))
      .option("--carbon", "energy and carbon instead of cost; METER is then an energy use"),
    async (...args) => {
      const { explainCommand } = await import("./explain.ts");
      return explainCommand(options(args, 0), options(args, 1), options(args, 2), VERSION, io);
    },
  );
  on(
    onScenario(
      program
        .command("simulate")
        .description("what the quotas do to a load over time: throttling, waiting, retries, what is lost")
        .argument("<file>", "scenario file"),
    )
      .option("--ramp <ramp>", "e.g. '0..100% over 10m', in shares of the expected load")
      .option("--step <share>", "this share of the load from the start, e.g. 100%")
      .option("--trace <file>", "CSV of seconds,share of the load")
      .option(
        "--for <time>",
        "how long, e.g. 1h, 7d or 36 months; default: the ramp, a week of the load curve, or an hour",
      )
      .option("--attempts <n>", "tries of rejected work", "3")
      .option(
        "--replicas <figures>",
        "machines that follow the load: per=6,start=90s,cooldown=5m,min=2,max=100,launch=20",
      )
      .option(
        "--cold-starts <figures>",
        "cold starts of a function: arrivals a second,seconds warm,cold,kept, e.g. 0.9,2.0,2.2,600",
      )
      .addOption(
        new Option("-f, --format <format>", "csv is the series").choices(["table", "json", "csv"]).default("table"),
      )
      .option("-o, --output <file>", "also draw it into this PNG"),
    async (...args) => {
      const { simulateCommand } = await import("./simulate.ts");
      return simulateCommand(options(args, 0), options(args, 1), VERSION, io);
    },
  );
  on(
    onScenario(
      program
        .command("sweep")
        .description("any figure over the values of a variable, a region, a day or the load")
        .argument("<file>", "scenario file")
        .requiredOption("--vary <name=values>", "detectors=1..40, streams=10..10000:x20 or region=us-east-1,eu-west-1"),
    )
      .option("--result <figure>", "figure of each architecture, or a variable (repeatable); default: cost.month", many)
      .addOption(new Option("-f, --format <format>").choices(["table", "json", "csv"]).default("table"))
      .option("-o, --output <file>", "also draw it into this PNG"),
    async (...args) => {
      const { sweepCommand } = await import("./sweep.ts");
      return sweepCommand(options(args, 0), options(args, 1), VERSION, io);
    },
  );
  on(
    onScenario(
      program
        .command("cases")
        .description("cost and carbon of every architecture for each row of a CSV of values")
        .argument("<file>", "scenario file")
        .argument("<table>", "CSV: the first line names variables, e.g. streams,render_time [ms]"),
    )
      .option("--result <figure>", "figure of each architecture (repeatable); default: cost.month, carbon.month", many)
      .option("--label <column>", "a column that is no variable and is carried along (repeatable)", many)
      .addOption(new Option("-f, --format <format>").choices(["csv", "json"]).default("csv"))
      .option("-o, --output <file>", "write it to this file"),
    async (...args) => {
      const { casesCommand } = await import("./cases.ts");
      return casesCommand(options(args, 0), options(args, 1), options(args, 2), io);
    },
  );
  addBudgetCommands(program, io, on);
  addDecisionCommands(program, io, on);
  addPriceCommands(program, io, on);
  on(
    program
      .command("schema")
      .description("JSON Schema of scenario files or of results, for editors and other programs")
      .argument(
        "[what]",
        "scenario, result, levers, budgets, check, diff, rates, service, quotas, table or a service such as aws/lambda",
        "scenario",
      )
      .option("--pricing <folder>", "services of your own (repeatable)", many),
    async (...args) => {
      const { schemaCommand } = await import("./schema.ts");
      return schemaCommand(options(args, 0), options(args, 1), io);
    },
  );
  on(
    program
      .command("init")
      .description("write a commented starter scenario to stdout or to a file; on a terminal it asks")
      .addOption(
        new Option("-t, --template <name>", "do not ask, write this one; default without a terminal: api").choices(
          Object.keys(TEMPLATES),
        ),
      )
      .option("-l, --list", "the templates, one a line; nothing is written")
      .option("-o, --output <file>", "write to this file, which must not exist"),
    async (...args) => {
      const { initCommand } = await import("./init.ts");
      return initCommand(options(args, 0), io);
    },
  );
}

function addBudgetCommands(program: Command, io: Io, on: On): void {
  on(
    onScenario(
      program
        .command("check")
        .description("are the budgets kept? exit code 1 when not")
        .argument("[files...]", "scenario files or patterns; scenarios/*.yaml when none is named"),
    )
      .option("--budgets <file>", "budgets in a file of their own")
      .option("--baseline <ref|file>", "compare with the merge base of a git ref, or with the JSON of a result")
      .option(
        "--budgets-from <base|head|ref>",
        "whose budgets count; default: those of the baseline's commit or the pull request's base, else head",
      )
      .option("--allow-budget-changes", "report what a change does to its own budgets, do not fail for it")
      .option(
        "-f, --format <format[=file]>",
        "text, json, markdown, comments, github, summary, junit, sarif or gitlab (repeatable)",
        many,
      )
      .addOption(
        new Option("--fail-on <level>", "what ends with exit code 1").choices(["error", "warn"]).default("error"),
      )
      .option("--exit-zero", "report only: exit code 0 for broken budgets too")
      .option("--update-budgets", "tighten the budgets to today's figures"),
    async (...args) => {
      const { checkCommand } = await import("./check.ts");
      return checkCommand(options(args, 0), options(args, 1), VERSION, io);
    },
  );
  on(
    onScenario(
      program
        .command("diff")
        .description("what changed between two scenarios or results, and why")
        .argument("<before>", "scenario, REF:scenario, or result.json")
        .argument("<after>", "scenario, REF:scenario, or result.json"),
    ).addOption(new Option("-f, --format <format>").choices(["text", "json", "markdown"]).default("text")),
    async (...args) => {
      const { diffCommand } = await import("./diff.ts");
      return diffCommand(options(args, 0), options(args, 1), options(args, 2), { version: VERSION, io });
    },
  );
  const budget = program.command("budget").description("budgets of a scenario");
  on(
    onScenario(
      budget.command("init").description("propose budgets that hold today").argument("<file>", "scenario file"),
    ).option("--margin <share>", "room above today's figures", "10%"),
    async (...args) => {
      const { budgetInitCommand } = await import("./budget-init.ts");
      return budgetInitCommand(options(args, 0), options(args, 1), VERSION, io);
    },
  );
}

/** Commands on one scenario that tell by what to decide; all take the same formats and a folder to write to. */
function addDecisionCommands(program: Command, io: Io, on: On): void {
  const command = (name: string, description: string): Command =>
    onScenario(program.command(name).description(description).argument("<file>", "scenario file, - for standard input"))
      .addOption(
        new Option("-f, --format <format>", "how to write the result")
          .choices(["table", "json", "csv", "markdown"])
          .default("table"),
      )
      .option("-o, --output <folder>", "also write it as JSON, CSV, Markdown and PNG charts there")
      .option("--progress", "tell on stderr how far a long run is; on a terminal it is told anyway");
  on(
    command("breakeven", "at what load, or value of any input, the ranking turns")
      .option("--over <name>", "a variable or a price; default: the driver")
      .option(
        "--from <value>",
        "least value, e.g. 10 or 50 ms; default: a thousandth of today's, or the low end of its range",
      )
      .option("--to <value>", "greatest value; default: a thousand times today's, or the high end of its range"),
    async (...args) => {
      const { breakevenCommand } = await import("./decisions.ts");
      return breakevenCommand(options(args, 0), options(args, 1), VERSION, io);
    },
  );
  on(command("sensitivity", "what moves the results: elasticities and a tornado over the ranges"), async (...args) => {
    const { sensitivityCommand } = await import("./decisions.ts");
    return sensitivityCommand(options(args, 0), options(args, 1), VERSION, io);
  });
  on(
    command("uncertainty", "how sure the results are over the ranges of the inputs")
      .option("-n, --samples <count>", "points of the sample; default: 100000, 32768 over a year, 8192 over a week")
      .option("--seed <number>", "another sample")
      .option(
        "--given <condition>",
        "only samples that fulfil it, e.g. 'a.limits.first_hit.share between 4% and 6%' (repeatable)",
        many,
      )
      .option("--saving <share>", "the saving that is asked for", "90%"),
    async (...args) => {
      const { uncertaintyCommand } = await import("./decisions.ts");
      return uncertaintyCommand(options(args, 0), options(args, 1), VERSION, io);
    },
  );
  on(command("plan", "with which architecture to start, and when to change it as the load grows"), async (...args) => {
    const { planCommand } = await import("./plan.ts");
    return planCommand(options(args, 0), options(args, 1), io);
  });
  addLeverCommand(command, io, on);
  on(
    command("economics", "cost of a unit of work, of one more, and the fixed part, over the load"),
    async (...args) => {
      const { economicsCommand } = await import("./decisions.ts");
      return economicsCommand(options(args, 0), options(args, 1), VERSION, io);
    },
  );
}

function addLeverCommand(command: (name: string, description: string) => Command, io: Io, on: On): void {
  on(
    command("levers", "what cheaper levers reach, alone and together, and what is left for another architecture")
      .option("--for <architecture>", "the architecture that levers start from; default: the current one")
      .option("--combine <names>", "waterfall of these levers, with commas between; default: the cheapest combination")
      .option("--no-built-in", "only the levers of the scenario"),
    async (...args) => {
      const { leversCommand } = await import("./levers.ts");
      return leversCommand(options(args, 0), options(args, 1), VERSION, io);
    },
  );
}
