/** Every command of the README and the pages is typed, in order, in a fresh copy of the repository. */
import assert from "node:assert/strict";
import { layEdgeGround } from "../edge/testing/edge_process.ts";
import { pause } from "../platform/clock.ts";
import { shellCommands } from "../platform/laws/documents.ts";
import { listRepositoryFiles, readRepositoryFile } from "../platform/laws/repository.ts";
import { DocumentReader, type LongRunning } from "./testing/document_reader.ts";

/** What is not typed, and why. */
const EXCEPTIONS: readonly (readonly [RegExp, string])[] = [
  [/^docker /, "needs a container engine and images from the network"],
  [/ deploy --prod$/, "publishes to an account of the reader's"],
  [/ task (test|ok)$/, "is the gate that runs this test"],
  [/ api\/testing\/fuzz\.ts$/, "needs schemathesis, a package of Python's"],
];

/** What goes on until Ctrl-C. */
const LONG_RUNNING: readonly LongRunning[] = [
  { command: / task demo$/, line: "Serving on until Ctrl-C", takesPort: true },
  { command: / task start\b/ },
  { command: / api\/edge\/main\.ts$/ },
];

/** `export NAME=…`: the member of the last answer that the page says to keep. */
const KEPT: Readonly<Record<string, string>> = {
  TOKEN: "access_token",
  STRATEGY: "id",
  DATASET: "id",
  BACKTEST: "id",
};

/** What a page takes for given, or says in words beside its commands. */
const GIVEN: Readonly<Record<string, Preparation>> = {
  "docs/backup.md": { beforeAll: serve },
  "docs/candles.md": { beforeAll: serve },
  "docs/edge.md": {
    beforeAll: writeEdgeSettings,
    before: [[/ grant /, (reader) => register(reader, "you@example.com")]],
  },
  "docs/jobs.md": { beforeAll: serveWithJob },
  "docs/production.md": {
    before: [
      [/ task start$/, setProduction],
      [/ grant /, (reader) => register(reader, "ada@example.com")],
    ],
  },
  "docs/quick_start.md": { after: [[/backtests\/\$BACKTEST -H/, untilCompleted]] },
};

type Step = (reader: DocumentReader, command: string) => Promise<unknown>;

interface Preparation {
  /** May answer what has to be closed when the page is read. */
  readonly beforeAll?: (reader: DocumentReader) => Promise<AsyncDisposable | void>;
  readonly before?: readonly (readonly [RegExp, Step])[];
  readonly after?: readonly (readonly [RegExp, Step])[];
}

const READ = /^(README|CONTRIBUTING|SECURITY)\.md$|^(docs|examples)\/.*\.md$/;

Deno.test({
  name: "Every command of the README and the pages does what it says (needs bash and curl)",
  ignore: !has("bash") || !has("curl"),
  fn: async (t) => {
    const typed = new Set<string>();
    for (const path of (await listRepositoryFiles()).filter((each) => READ.test(each))) {
      const commands = shellCommands(await readRepositoryFile(path));
      if (commands.length > 0) await t.step(path, () => readPage(path, commands, typed));
    }
    assert.ok(typed.size > 20, `only ${typed.size} commands were typed`);
  },
});

async function readPage(path: string, commands: string[], typed: Set<string>): Promise<void> {
  await using reader = await DocumentReader.open();
  const { beforeAll, before = [], after = [] } = GIVEN[path] ?? {};
  await using _ = await beforeAll?.(reader) ?? NOTHING;
  for (const command of commands) {
    if (EXCEPTIONS.some(([pattern]) => pattern.test(command))) continue;
    typed.add(command);
    for (const [pattern, step] of before) if (pattern.test(command)) await step(reader, command);
    await typeCommand(reader, command);
    for (const [pattern, step] of after) if (pattern.test(command)) await step(reader, command);
  }
}

const NOTHING: AsyncDisposable = { [Symbol.asyncDispose]: () => Promise.resolve() };

async function typeCommand(reader: DocumentReader, command: string): Promise<void> {
  const [, name, value] = /^export ([A-Z]+)=(.+)$/.exec(command) ?? [];
  if (name !== undefined && value !== undefined) {
    reader.environment[name] = value === "…" ? kept(reader, name) : reader.local(value);
    return;
  }
  const long = LONG_RUNNING.find((each) => each.command.test(command));
  if (long === undefined) await reader.type(command);
  else await reader.start(command, long);
}

function kept(reader: DocumentReader, name: string): string {
  const member = KEPT[name];
  assert.ok(member, `the page keeps ${name}, KEPT does not say what that is`);
  const value: unknown = JSON.parse(reader.answer)[member];
  assert.ok(typeof value === "string", `${member} is not in ${reader.answer}`);
  return value;
}

async function serve(reader: DocumentReader): Promise<void> {
  await reader.start("deno task start --market simulated", { command: / start/ });
  reader.environment.API = reader.baseUrl;
  const { access_token = "" } = await register(reader, "ada@example.com");
  reader.environment.TOKEN = access_token;
}

async function serveWithJob(reader: DocumentReader): Promise<void> {
  await serve(reader);
  const code = await readRepositoryFile("examples/strategies/macd_cross.py");
  const strategy = await post(reader, "/api/v1/strategies", { name: "S", description: "", code });
  const backtest = await post(reader, "/api/v1/backtests", {
    strategy_id: strategy.id,
    symbol: "BTC/USDT",
  });
  reader.environment.JOB = String(backtest.job_id);
}

async function writeEdgeSettings(reader: DocumentReader): Promise<AsyncDisposable> {
  const ground = await layEdgeGround();
  const lines = Object.entries({ ...ground.environment, PORT: String(reader.port) })
    .map(([name, value]) => `${name}=${value}\n`);
  await Deno.writeTextFile(`${reader.folder}/.env`, lines.join(""));
  return ground;
}

function setProduction(reader: DocumentReader): Promise<void> {
  reader.environment.MODE = "production";
  reader.environment.MASTER_KEYS = reader.answer.trim();
  return Promise.resolve();
}

async function register(reader: DocumentReader, email: string): Promise<Record<string, string>> {
  const account = { username: email.slice(0, 3), email, password: "SecurePass123!" };
  return await post(reader, "/api/v1/auth/register", account);
}

async function post(
  { baseUrl, environment }: DocumentReader,
  path: string,
  body: unknown,
): Promise<Record<string, string>> {
  const answer = await fetch(`${baseUrl}${path}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(environment.TOKEN === undefined ? {} : { Authorization: `Bearer ${environment.TOKEN}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return JSON.parse(text);
}

/** "Once `status` is `completed`": asked again until it is. */
async function untilCompleted(reader: DocumentReader, command: string): Promise<void> {
  const deadline = AbortSignal.timeout(60_000);
  while (JSON.parse(reader.answer).status !== "completed") {
    await pause(200, deadline);
    deadline.throwIfAborted();
    await reader.type(command);
  }
}

function has(program: string): boolean {
  try {
    return new Deno.Command(program, { args: ["--version"], stdout: "null" }).outputSync().success;
  } catch {
    return false;
  }
}
