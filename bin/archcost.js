#!/usr/bin/env node
// Starts dist/archcost.cjs through V8's code cache. CommonJS (see package.json beside it) and no module more than
// needed, because every millisecond here is felt on every call. Decision and numbers: docs/decisions/0007-start-up.md.
"use strict";
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");
const v8 = require("node:v8");
const vm = require("node:vm");

// Optimised code pays off from about the tenth scenario on; for one it only costs. Flags are those of the V8 measured.
if (process.versions.v8.startsWith("11.")) v8.setFlagsFromString("--interrupt-budget=2000000");

const KEPT_CACHES = 4;
const TEMPORARY = /\.[0-9a-f]{8}-[0-9a-f-]{27}$/;
const DIST = path.join(__dirname, "..", "dist");
const COMMAND = path.join(DIST, "archcost.cjs");

/** A folder of the user's own, never one that is shared: a code cache is as good as code. */
function userCache() {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env;
  const base = process.platform === "win32" ? LOCALAPPDATA : XDG_CACHE_HOME || (HOME && path.join(HOME, ".cache"));
  return base && path.isAbsolute(base) ? path.join(base, "archcost") : undefined;
}

/** Bytes of a regular file that nobody but the user can have written; undefined otherwise. */
function readOwn(file) {
  let handle;
  try {
    handle = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
    const stat = fs.fstatSync(handle);
    const owned = process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o022) === 0);
    return stat.isFile() && owned ? fs.readFileSync(handle) : undefined;
  } catch {
    return undefined; // not there, or not readable: start without
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}

/** Written whole or not at all; a folder that cannot be written costs time, never the run. */
function writeOwn(folder, name, bytes) {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const temporary = path.join(folder, `${name}.${crypto.randomUUID()}`);
    fs.writeFileSync(temporary, bytes, { mode: 0o600, flag: "wx" });
    fs.renameSync(temporary, path.join(folder, name));
    const age = (file) => fs.statSync(path.join(folder, file)).mtimeMs;
    const files = fs.readdirSync(folder).filter((file) => /^[0-9a-f]{16}-/.test(file));
    // What killed runs have left goes too.
    const whole = files.filter((file) => !TEMPORARY.test(file)).sort((a, b) => age(b) - age(a));
    const gone = [...files.filter((file) => TEMPORARY.test(file)), ...whole.slice(KEPT_CACHES)];
    for (const old of gone) fs.unlinkSync(path.join(folder, old));
  } catch {}
}

const code = fs.readFileSync(COMMAND, "latin1");
const name = `${code.slice(2, 18)}-${process.versions.v8}-${process.arch}`;
const asked = process.env.ARCHCOST_CACHE; // a folder, or "off"
const folder = asked === undefined ? userCache() : asked;
const places = asked === undefined ? [path.join(DIST, "cache"), folder] : [folder];
const cachedData = places.reduce(
  (found, place) => found ?? (place === undefined || place === "off" ? undefined : readOwn(path.join(place, name))),
  undefined,
);
const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${code}\n})`, {
  filename: COMMAND,
  cachedData,
});
const command = { exports: {} };
script.runInThisContext()(command.exports, createRequire(COMMAND), command, COMMAND, DIST);
// Ends at once, as all is written by then: what V8 would still collect is a tenth of a run's work.
const { harmless, main, standardStreams } = command.exports;
main(process.argv.slice(2), standardStreams()).then(
  (exitCode) => {
    // After the main job, so that the cache holds the functions which that job compiled.
    const missing = cachedData === undefined || script.cachedDataRejected;
    if (missing && process.argv[2] === "run" && exitCode === 0 && folder !== undefined && folder !== "off") {
      writeOwn(folder, name, script.createCachedData());
    }
    process.exit(exitCode);
  },
  (fault) => {
    try {
      fs.writeSync(2, harmless(`archcost: fault of the program: ${fault instanceof Error ? fault.stack : fault}\n`));
    } catch {}
    process.exit(70);
  },
);
