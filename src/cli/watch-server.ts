// Hands out what a run has written, on this machine only, and says pages when there is something new.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, relative, sep } from "node:path";
import type { WholeFile } from "../io/write.ts";
import { EVENTS_PATH, reportList, type WatchState, waitingPage, withReload } from "../report/reload.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".json": "application/json; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
};
const HEADERS = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
} as const;
const LOOPBACK = "127.0.0.1";

export type WatchServer = {
  /** of the first report, or of the list of several */
  readonly address: () => string;
  /** new files: what stood there before is gone; pages reload */
  readonly show: (files: readonly WholeFile[]) => void;
  /** what is wrong now: the files stay, pages tell it */
  readonly tell: (fault: string) => void;
  readonly close: () => Promise<void>;
};

/** @param folder files are stated by their paths below it; nothing is ever read from it */
export async function startWatchServer(folder: string): Promise<WatchServer> {
  let files: ReadonlyMap<string, WholeFile["data"]> = new Map();
  let count = 0;
  let state: WatchState = { version: `${process.pid}-0`, fault: "The first run has not ended." };
  const pages = new Set<ServerResponse>();
  const send = (page: ServerResponse): unknown => page.write(`data: ${JSON.stringify(state)}\n\n`);
  const server = createServer((request, response) => {
    const refused = refusal(request, server);
    const path = pathOf(request);
    if (refused !== undefined) {
      reply(response, refused, "text/plain; charset=utf-8", `${refused}\n`);
    } else if (path === EVENTS_PATH) {
      response.writeHead(200, { ...HEADERS, "Content-Type": "text/event-stream" });
      pages.add(response);
      response.once("close", () => pages.delete(response));
      send(response);
    } else {
      serve(response, path, { files, state });
    }
  });
  await new Promise<void>((done, fail) => {
    server.once("error", fail);
    server.listen(0, LOOPBACK, done);
  });
  return {
    address: () => `http://${LOOPBACK}:${portOf(server)}${homeOf(files)}`,
    show: (written) => {
      files = new Map(written.map(({ path, data }) => [`/${relative(folder, path).split(sep).join("/")}`, data]));
      count += 1;
      state = { version: `${process.pid}-${count}`, fault: null };
      for (const page of pages) send(page);
    },
    tell: (fault) => {
      state = { ...state, fault };
      for (const page of pages) send(page);
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Only this machine, and only by its own name: a page elsewhere may have its name point here. */
function refusal({ headers, method }: IncomingMessage, server: Server): number | undefined {
  const port = portOf(server);
  if (![`${LOOPBACK}:${port}`, `localhost:${port}`].includes(headers.host ?? "")) return 403;
  return method === "GET" || method === "HEAD" ? undefined : 405;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function pathOf({ url = "/" }: IncomingMessage): string {
  try {
    return decodeURIComponent(new URL(url, "http://archcost.invalid").pathname);
  } catch {
    return url;
  }
}

type Shown = { readonly files: ReadonlyMap<string, WholeFile["data"]>; readonly state: WatchState };

function serve(response: ServerResponse, path: string, shown: Shown): void {
  const { code, type, body } = answer(path, shown);
  reply(response, code, type, body);
}

type Answer = { readonly code: number; readonly type: string; readonly body: string | Uint8Array };

const page = (body: string): Answer => ({ code: 200, type: "text/html; charset=utf-8", body });

function answer(path: string, { files, state }: Shown): Answer {
  if (files.size === 0) return page(waitingPage(state.version, state.fault ?? ""));
  const reports = reportsIn(files);
  if (path === "/") return page(reportList(reports));
  const found = files.get(path);
  if (found === undefined) return { code: 404, type: "text/plain; charset=utf-8", body: "404\n" };
  if (reports.includes(path) && typeof found === "string") return page(withReload(found, state.version));
  return { code: 200, type: TYPES[extname(path)] ?? "application/octet-stream", body: found };
}

function reportsIn(files: ReadonlyMap<string, unknown>): readonly string[] {
  return [...files.keys()].filter((path) => path.endsWith(".html"));
}

function homeOf(files: ReadonlyMap<string, unknown>): string {
  const [first, ...more] = reportsIn(files);
  return first === undefined || more.length > 0 ? "/" : first;
}

function reply(response: ServerResponse, code: number, type: string, body: string | Uint8Array): void {
  response.writeHead(code, { ...HEADERS, "Content-Type": type });
  response.end(body);
}
