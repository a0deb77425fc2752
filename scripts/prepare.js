// npm runs this after an install in a clone, before it packs, and when somebody installs from the repository: dist/ is built.
// Nothing goes to standard output: pre-commit reads the name of the package from there.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, realpathSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const BUILT = join(ROOT, "dist", "archcost.cjs");
console.log = console.error;

const canBuild = () => existsSync(join(ROOT, "node_modules", "esbuild"));

/** `npm install --global git+...` has npm prepare the clone as a global package too, and so without what it is built with. */
function installHere() {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_config_(?:global|location|prefix|omit|local_prefix)$/i.test(name),
    ),
  );
  const npm = process.env.npm_execpath;
  const [program, first] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const args = [...first, "ci", "--ignore-scripts", "--prefer-offline", "--include=dev", "--no-audit", "--no-fund"];
  spawnSync(program, args, { cwd: ROOT, env, stdio: ["ignore", "ignore", "inherit"] });
}

/**
 * npm has by then put a link to the clone in the place of the package; it would follow that, and take the clone away. What it
 * wants there is the folder that it had made.
 */
function removeLink() {
  const { npm_config_prefix: prefix = "", npm_package_name: name = "archcost" } = process.env;
  const place = join(prefix, process.platform === "win32" ? "" : "lib", "node_modules", name);
  if (prefix !== "" && existsSync(place) && realpathSync(place) === realpathSync(ROOT)) {
    unlinkSync(place);
    mkdirSync(place);
    // All others are in the bundle; npm has unpacked them where the link came to stand.
    cpSync(join(ROOT, "node_modules", "@napi-rs"), join(place, "node_modules", "@napi-rs"), { recursive: true });
  }
}

async function main() {
  const isGlobal = process.env.npm_config_global === "true";
  // npm comes twice: to prepare the clone, and to pack it.
  if (isGlobal && existsSync(BUILT)) return removeLink();
  if (!canBuild()) {
    // npm ci --omit=dev: what is built is used as it is.
    if (existsSync(BUILT)) return;
    if (isGlobal) installHere();
    if (!canBuild())
      throw new Error("archcost: dist/ is missing, and without development dependencies it cannot be built");
  }
  await import("./build.js");
}

main().catch((fault) => {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exitCode = 1;
});
