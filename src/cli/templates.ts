/** Starters that `archcost init --template` writes, with what each is about. */
export const TEMPLATES = {
  api: "an HTTP API on functions against containers",
  company: "an order API with a database in three environments and two accounts, with support and tax",
  containers: "the same containers on Fargate, on Fargate with Spot, on EC2",
  pipeline: "files come in, a few steps work on each",
  batch: "work that comes once a night",
  "prime-video": "the stream monitoring of Prime Video, before and after",
} as const;

/** One line for each starter, for people. */
export function templateLines(): string {
  const width = Math.max(...Object.keys(TEMPLATES).map((name) => name.length));
  return Object.entries(TEMPLATES)
    .map(([name, about]) => `${name.padEnd(width)}  ${about}\n`)
    .join("");
}
