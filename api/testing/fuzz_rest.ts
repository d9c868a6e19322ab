/** What a fuzzing run asks for that schemathesis cannot: a WebSocket, and the jobs' ends. */
import assert from "node:assert/strict";
import { pause } from "../platform/clock.ts";
import type { Owner } from "./fuzz_people.ts";

/** Opens a WebSocket with the token and waits for its welcome. */
export async function openSocket(url: string, token: string): Promise<void> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/ws?token=${token}`);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  socket.onmessage = ({ data }) => resolve(JSON.parse(data).type);
  socket.onerror = () => reject(new Error("The WebSocket was refused"));
  assert.equal(await promise, "welcome");
  socket.close();
}

const JOBS_LEFT_MS = 500;

/** Runs what was enqueued to its end; answers whether no job failed by a fault of the server. */
export async function runWaitingJobs(url: string, owners: readonly Owner[]): Promise<boolean> {
  const ends: Record<string, number> = {};
  for (const { person } of owners) {
    // The server of before may have signed with keys that have ended since.
    const token = await signIn(url, person.username);
    while (await count(url, token, "pending") + await count(url, token, "running") > 0) {
      await pause(JOBS_LEFT_MS);
    }
    for await (const { code, times } of failures(url, token)) {
      ends[code] = (ends[code] ?? 0) + times;
    }
  }
  console.log("Codes of failed jobs:", ends);
  return ends.INTERNAL_ERROR === undefined;
}

async function signIn(url: string, username: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password: `${username} password` }),
  });
  const { access_token } = await answer.json();
  return access_token;
}

interface JobPage {
  readonly total: number;
  readonly items: readonly { readonly error: { readonly code: string } | null }[];
}

async function listJobs(url: string, token: string, query: string): Promise<JobPage> {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/v1/jobs?${query}`, { headers });
  assert.equal(answer.status, 200);
  return await answer.json();
}

async function count(url: string, token: string, status: string): Promise<number> {
  return (await listJobs(url, token, `status=${status}&limit=1`)).total;
}

async function* failures(url: string, token: string) {
  for (let offset = 0;; offset += 100) {
    const page = await listJobs(url, token, `status=failed&limit=100&offset=${offset}`);
    for (const { error } of page.items) yield { code: error?.code ?? "none", times: 1 };
    if (offset + 100 >= page.total) return;
  }
}
