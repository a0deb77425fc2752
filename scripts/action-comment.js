// A step of action.yml: one comment for each scenario on the pull request, found again by its hidden first line. It is made,
// updated, or left alone when it says the same already.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const { RUNNER_TEMP = "", GITHUB_EVENT_PATH = "", GITHUB_REPOSITORY = "", ARCHCOST_TOKEN = "" } = process.env;
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

/** The comment that this action keeps. One that a person wrote under the same marker is theirs, and could be edited by them. */
async function ownComment(known, marker) {
  const marked = known.filter((comment) => comment.body?.startsWith(marker));
  const byProgram = marked.find((comment) => comment.user?.type !== "User");
  if (byProgram !== undefined || marked.length === 0) return byProgram;
  const login = await ownLogin();
  return login === undefined ? undefined : marked.find((comment) => comment.user.login === login);
}

async function main() {
  const file = join(RUNNER_TEMP, "archcost", "comment.md");
  const event = existsSync(GITHUB_EVENT_PATH) ? JSON.parse(readFileSync(GITHUB_EVENT_PATH, "utf8")) : {};
  const number = Number(event.pull_request?.number);
  if (!existsSync(file)) return "archcost: no report, no comment";
  if (!Number.isInteger(number)) return "archcost: this is no pull request, no comment";
  const repository = `/repos/${GITHUB_REPOSITORY.split("/").map(encodeURIComponent).join("/")}`;
  const issue = `${repository}/issues/${number}`;
  const known = await comments(issue);
  const told = { created: 0, updated: 0, unchanged: 0 };
  for (const body of sections(readFileSync(file, "utf8"))) {
    const marker = body.slice(0, body.indexOf("\n"));
    const own = await ownComment(known, marker);
    if (own === undefined) {
      await call("POST", `${issue}/comments`, { body });
      told.created += 1;
    } else if (own.body.replaceAll("\r\n", "\n").trimEnd() === body.trimEnd()) {
      told.unchanged += 1;
    } else {
      await call("PATCH", `${repository}/issues/comments/${Number(own.id)}`, { body });
      told.updated += 1;
    }
  }
  return `archcost: comments created ${told.created}, updated ${told.updated}, left alone ${told.unchanged}`;
}

try {
  console.log(await main());
} catch (error) {
  // A fork's token may not write: the summary and the annotations are there all the same.
  const words = error instanceof Error ? error.message : String(error);
  console.log(`::warning title=archcost::no comment: ${words.replaceAll("%", "%25").replaceAll(/[\r\n]+/g, " ")}`);
}
