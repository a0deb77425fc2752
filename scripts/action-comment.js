// A step of action.yml: comments on the pull request, each found again by its hidden first line. One is made, updated, or left
// alone when it says the same already. What this call wrote before and says no more (a scenario that is gone, or unchanged
// again, or input that cannot be checked) is updated to say so: no comment stays that is true no longer.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const { RUNNER_TEMP = "", GITHUB_EVENT_PATH = "", GITHUB_REPOSITORY = "", ARCHCOST_TOKEN = "" } = process.env;
const { ARCHCOST_FILES = "" } = process.env;
const API = process.env.GITHUB_API_URL ?? "https://api.github.com";
const PAGE = 100;
const MOST_PAGES = 50;

/** The text of the check cut at the markers, which a stranger's text cannot hold: `<` is escaped there. */
function sections(text) {
  return text.split(/^(?=<!-- archcost:)/m).filter((part) => part.startsWith("<!-- archcost:"));
}

async function call(method, path, body) {
  const answer = await fetch(`${API}${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${ARCHCOST_TOKEN}`,
      "content-type": "application/json",
      "user-agent": "archcost",
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`${method} of the comment: the forge answers ${answer.status}`);
  return answer.json();
}

async function comments(issue) {
  const all = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const some = await call("GET", `${issue}/comments?per_page=${PAGE}&page=${page}`);
    all.push(...some);
    if (some.length < PAGE) break;
  }
  return all;
}

/** The login that the token writes as; undefined for a token of the workflow, which may not ask. */
async function ownLogin() {
  try {
    return (await call("GET", "/user")).login;
  } catch {
    return undefined;
  }
}

/** The comments that this action keeps. One that a person wrote under the same marker is theirs, and could be edited by them. */
async function ownComments(known) {
  const marked = known.filter((comment) => comment.body?.startsWith(scope()));
  if (!marked.some((comment) => comment.user?.type === "User")) return marked;
  const login = await ownLogin();
  return marked.filter(({ user }) => user?.type !== "User" || (login !== undefined && user.login === login));
}

/** How the markers of this call begin, as `marker` in src/report/check-markdown.ts writes them: other calls have others. */
function scope() {
  const named = ARCHCOST_FILES.split(/\s+/).filter((word) => word !== "");
  const files = named.length > 0 ? named : ["scenarios/*.{yaml,yml}", "**/*.cost.{yaml,yml}"];
  const digest = createHash("sha256")
    .update(`${files.join("\n")}\u0000`)
    .digest("hex");
  return `<!-- archcost:${digest.slice(0, 12)}`;
}

const STALE = "_This scenario is gone, or as it is at the base, and is checked no more in this pull request._\n";
const WRONG = "## ❌ archcost: the input is wrong, nothing was checked\n\nThe log of the run has the faults.\n";

/** What the comments are to say, by their markers. */
function wanted(file, own) {
  const markers = own.map(({ body }) => body.split(/\r?\n/)[0]);
  const isWrong = !existsSync(file);
  const now = isWrong ? [] : sections(readFileSync(file, "utf8"));
  const bodies = new Map(now.map((body) => [body.slice(0, body.indexOf("\n")), body]));
  for (const marker of markers) if (!bodies.has(marker)) bodies.set(marker, `${marker}\n${isWrong ? WRONG : STALE}`);
  return bodies;
}

async function main() {
  const file = join(RUNNER_TEMP, "archcost", "comment.md");
  const event = existsSync(GITHUB_EVENT_PATH) ? JSON.parse(readFileSync(GITHUB_EVENT_PATH, "utf8")) : {};
  const number = Number(event.pull_request?.number);
  if (!Number.isInteger(number)) return "archcost: this is no pull request, no comment";
  const repository = `/repos/${GITHUB_REPOSITORY.split("/").map(encodeURIComponent).join("/")}`;
  const issue = `${repository}/issues/${number}`;
  const own = await ownComments(await comments(issue));
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const [marker, body] of wanted(file, own)) {
    const kept = own.find((comment) => comment.body.startsWith(marker));
    if (kept === undefined) {
      await call("POST", `${issue}/comments`, { body });
      counts.created += 1;
    } else if (kept.body.replaceAll("\r\n", "\n").trimEnd() === body.trimEnd()) {
      counts.unchanged += 1;
    } else {
      await call("PATCH", `${repository}/issues/comments/${Number(kept.id)}`, { body });
      counts.updated += 1;
    }
  }
  return `archcost: comments created ${counts.created}, updated ${counts.updated}, left alone ${counts.unchanged}`;
}

try {
  console.log(await main());
} catch (error) {
  // A fork's token may not write: the summary and the annotations are there all the same.
  const words = error instanceof Error ? error.message : String(error);
  console.log(`::warning title=archcost::no comment: ${words.replaceAll("%", "%25").replaceAll(/[\r\n]+/g, " ")}`);
}
