/**
 * The API for a command on this machine: of the server that has the data directory open, or of the
 * files themselves when none runs.
 */
import { createApp } from "../app.ts";
import { openPlatform } from "../boot.ts";
import type { Settings } from "../platform/config.ts";
import { DatabaseInUseError } from "../platform/database/open.ts";
import { encodeBase64Url } from "../platform/encoding.ts";
import { readLocalSecrets } from "../platform/local_secrets.ts";
import { readLocalServer } from "../platform/local_server.ts";

export interface LocalApi extends AsyncDisposable {
  /** Sends a request as the system, with every scope; `json` is the body. */
  request(method: string, path: string, json?: unknown): Promise<Response>;
  /** Asks for a file, which may take as long as it takes to send. */
  download(path: string): Promise<Response>;
  /** Sends a file as it is. */
  upload(path: string, file: ReadableStream<Uint8Array>): Promise<Response>;
  /** Asks for a file by POST; it may take as long as an upload. */
  downloadByPost(path: string): Promise<Response>;
}

const LOOPBACK = { remoteAddr: { hostname: "127.0.0.1" } };

/** The files come first: only who finds them taken sends the token, and to their owner. */
export async function openLocalApi(settings: Settings): Promise<LocalApi> {
  try {
    return await openFiles(settings);
  } catch (err) {
    if (!(err instanceof DatabaseInUseError)) throw err;
    return await reachServer(settings, err);
  }
}

async function openFiles(settings: Settings): Promise<LocalApi> {
  const { platform, localToken, close } = await openPlatform(settings);
  const token = localToken ?? encodeBase64Url(platform.random.bytes(32));
  const app = createApp(platform, { localToken: token });
  return {
    request: async (method, path, json) =>
      await app.request(path, toRequest(token, method, json), LOOPBACK),
    download: async (path) => await app.request(path, toRequest(token, "GET"), LOOPBACK),
    upload: async (path, file) => await app.request(path, toUpload(token, file), LOOPBACK),
    downloadByPost: async (path) => await app.request(path, toUpload(token, null), LOOPBACK),
    [Symbol.asyncDispose]: close,
  };
}

async function reachServer(settings: Settings, inUse: DatabaseInUseError): Promise<LocalApi> {
  const server = await readLocalServer(settings.DATA_DIR);
  const secrets = await readLocalSecrets(settings.DATA_DIR);
  if (server === null || secrets === null) throw inUse;
  return {
    request: (method, path, json) =>
      fetch(`${server.url}${path}`, {
        ...toRequest(secrets.localToken, method, json),
        signal: AbortSignal.timeout(settings.REQUEST_DEADLINE_MS),
      }),
    download: (path) => fetch(`${server.url}${path}`, toRequest(secrets.localToken, "GET")),
    // The server ends an upload that takes too long.
    upload: (path, file) => fetch(`${server.url}${path}`, toUpload(secrets.localToken, file)),
    downloadByPost: (path) => fetch(`${server.url}${path}`, toUpload(secrets.localToken, null)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function toRequest(token: string, method: string, json?: unknown): RequestInit {
  const headers = { Authorization: `Local ${token}`, "Content-Type": "application/json" };
  return { method, headers, ...(json === undefined ? {} : { body: JSON.stringify(json) }) };
}

function toUpload(token: string, body: ReadableStream<Uint8Array> | null): RequestInit {
  const headers = { Authorization: `Local ${token}`, "Content-Type": "application/octet-stream" };
  return { method: "POST", headers, body };
}
