import { suggest } from "../diagnostic/suggest.ts";

/** More services than this in one hint are no help. */
const MOST = 4;

/**
 * The services that a word most likely means, for "did you mean": `rds` is `aws/rds`, `AWS DynamoDB` either of two.
 * @param known ids such as `aws/lambda`
 */
export function nearService(word: string, known: readonly string[]): string | undefined {
  const wanted = plain(word);
  const shorts = known.map((id) => ({ id, short: plain(id) }));
  const exact = shorts.filter(({ short }) => short === wanted);
  const within = shorts.filter(({ short }) => wanted.length > 2 && short.includes(wanted));
  const found = exact.length > 0 ? exact : within;
  if (found.length > 0 && found.length <= MOST) return meant(found.map(({ id }) => id));
  const near = suggest(word, known) ?? suggest(word, known.map(afterProvider));
  return near === undefined ? undefined : meant(known.filter((id) => id === near || afterProvider(id) === near));
}

function meant(ids: readonly string[]): string {
  return `did you mean ${ids.map((id) => `"${id}"`).join(" or ")}?`;
}

function afterProvider(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}

/** Letters and digits of the service's own name, however it is written. */
function plain(word: string): string {
  const lower = word.toLowerCase().replace(/^(?:aws|amazon)(?=[^a-z0-9])/, "");
  return lower.replace(/[^a-z0-9]/g, "");
}
