// Runs one case after the other, and answers with what came of it. Its argument is the kind of case: mutated or laws.
const { runCase } = await (process.argv[2] === "laws" ? import("./laws.js") : import("./mutated.js"));

async function measured(seed) {
  // Time of the processor, which a busy machine does not lengthen.
  const start = process.cpuUsage();
  const { code, why, text } = await runCase(seed);
  const { user, system } = process.cpuUsage(start);
  // The most that was ever resident, in kB: what is freed before the end counts too.
  const rss = process.resourceUsage().maxRSS * 1024;
  return { code, ms: (user + system) / 1e3, rss, why, text: why === undefined ? undefined : text };
}

process.on("message", async (seed) => process.send(await measured(seed)));
process.on("disconnect", () => process.exit());
// Ctrl-C reaches the whole group: the parent reports and ends the workers.
process.on("SIGINT", () => {});
