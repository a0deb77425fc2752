import { spawn } from "node:child_process";

const WINDOWS = ["cmd", "/c", "start", ""];

/**
 * Opens an address in the reader's browser.
 * @param browser a program to use instead of the system's choice
 * @returns why it could not be opened; undefined where the program has started
 */
export function openInBrowser(address: string, browser: string | undefined): Promise<string | undefined> {
  const system = { darwin: ["open"], win32: WINDOWS }[String(process.platform)] ?? ["xdg-open"];
  const [program = "xdg-open", ...rest] = browser === undefined || browser === "" ? system : [browser];
  return new Promise((done) => {
    const child = spawn(program, [...rest, address], { stdio: "ignore", detached: true });
    child.once("error", (fault) => done(fault.message));
    child.once("spawn", () => {
      child.unref();
      done(undefined);
    });
  });
}
