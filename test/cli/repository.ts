// A git repository with real commits, for what compares with earlier ones.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export type Repository = {
  readonly folder: string;
  path(name: string): string;
  write(name: string, text: string): void;
  git(...args: readonly string[]): string;
  commit(message: string): string;
  remove(): void;
};

const IDENTITY = {
  GIT_AUTHOR_NAME: "t",
  GIT_AUTHOR_EMAIL: "t@example.org",
  GIT_COMMITTER_NAME: "t",
  GIT_COMMITTER_EMAIL: "t@example.org",
};

export function repository(): Repository {
  const folder = mkdtempSync(join(tmpdir(), "archcost-repository-"));
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...IDENTITY, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    }).trim();
  git("init", "-q", "-b", "main");
  const path = (name: string): string => join(folder, name);
  return {
    folder,
    path,
    git,
    write(name, text) {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), text);
    },
    commit(message) {
      git("add", "-A");
      git("commit", "-q", "-m", message);
      return git("rev-parse", "HEAD");
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A small scenario of two architectures; `more` is appended. */
export function scenario(more = "", { transitions = "5", price = "2", orders = "1e6" } = {}): string {
  return `scenario: Orders
region: us-east-1
as_of: 2026-11-23
workload: { unit: order, driver: orders, throughput: orders / 1 month }
variables:
  orders: { value: ${orders}, low: 5e5, high: 2e6, status: assumed, reason: made up }
architectures:
  workflow:
    components:
      steps:
        service: custom/line
        quantity: work * ${transitions}
        price: 0.000025
        unit: transition
        role: coordination
        source: a price list
        reason: not modelled
  one-box:
    components:
      box: { service: custom/line, quantity: 50, price: ${price}, unit: h, role: work, source: a quote, reason: not modelled }
${more}`;
}
