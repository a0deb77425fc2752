// Tests read prices and starters from dist/: it is built afresh, so that a stale build can neither fail nor pass them.
import { execFileSync } from "node:child_process";

export function setup(): void {
  execFileSync(process.execPath, ["scripts/build.js"], { stdio: ["ignore", "ignore", "inherit"] });
}
