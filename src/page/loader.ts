// Starts the program of a report. It is carried deflated, at less than half its size; the policy of the page names the
// hash of its text, so that nothing else would run.
import { unpacked } from "./unpack.ts";

async function load(): Promise<void> {
  const host = document.getElementById("program");
  if (host === null) return;
  const script = document.createElement("script");
  script.textContent = await unpacked(host);
  document.head.append(script);
  host.remove();
}

void load();
