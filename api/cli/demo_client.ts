/** The demo's way through the API, as any client would go: HTTP and JSON alone. */
import { join } from "node:path";
import { z } from "zod";
import { pause } from "../platform/clock.ts";
import { type DemoResult, demoResultSchema } from "./demo_report.ts";

const FOLLOW_MS = 250;
const REFUSALS_MAX = 5;

const tokens = z.object({ access_token: z.string() });
const account = z.object({ username: z.string(), email: z.string(), password: z.string() });

type Account = z.infer<typeof account>;

export interface DemoClientOptions {
  readonly baseUrl: string;
  readonly dataDir: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** One signed-in person at one server. */
export class DemoClient {
  readonly #options: DemoClientOptions;
  #token = "";

  constructor(options: DemoClientOptions) {
    this.#options = options;
  }

  /** Registers the demo's account, or logs in to the one an earlier run registered. */
  async signIn(): Promise<string> {
    const path = join(this.#options.dataDir, "demo_account.json");
    const known = await readAccount(path);
    const { username, email, password } = known ?? newAccount();
    const [route, body] = known === null
      ? ["/api/v1/auth/register", { username, email, password, full_name: "Demo" }] as const
      : ["/api/v1/auth/login", { username, password }] as const;
    const answer = tokens.parse(await this.#call("POST", route, body));
    this.#token = answer.access_token;
    if (known === null) {
      const text = JSON.stringify({ username, email, password });
      await Deno.writeTextFile(path, `${text}\n`, { mode: 0o600 });
    }
    return username;
  }

  /** Creates the strategy, or finds the one an earlier run created. */
  async putStrategy(name: string, code: string): Promise<string> {
    const found = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) })
      .parse(await this.#call("GET", `/api/v1/strategies?name=${encodeURIComponent(name)}`));
    const known = found.items.find((item) => item.name === name);
    const answer = known === undefined
      ? await this.#call("POST", "/api/v1/strategies", { name, description: "From the demo", code })
      : await this.#call("PATCH", `/api/v1/strategies/${known.id}`, { code });
    return z.object({ id: z.string() }).parse(answer).id;
  }

  /** Submits a backtest, follows its progress and answers the finished result. */
  async backtest(request: Readonly<Record<string, unknown>>): Promise<DemoResult> {
    const { id } = z.object({ id: z.string() })
      .parse(await this.#call("POST", "/api/v1/backtests", request));
    const state = z.object({
      status: z.string(),
      progress_percent: z.number(),
      error: z.unknown(),
    });
    for (let shown = "";;) {
      const detail = await this.#call("GET", `/api/v1/backtests/${id}`);
      const { status, progress_percent, error } = state.parse(detail);
      const line = `  ${status} ${progress_percent} %`;
      if (line !== shown) this.#options.say(line);
      shown = line;
      if (status === "completed") return demoResultSchema.parse(detail);
      if (status === "failed" || status === "cancelled") {
        throw new Error(`The backtest is ${status}: ${JSON.stringify(error)}`);
      }
      await pause(FOLLOW_MS, this.#options.signal);
      this.#options.signal.throwIfAborted();
    }
  }

  /** The backtest's report: a page that needs nothing beside itself. */
  async readReport(backtestId: string): Promise<string> {
    return await this.#send(`/api/v1/backtests/${backtestId}/report`, () => ({}));
  }

  /** Creates the dataset, or finds the one an earlier run created. */
  async putDataset(name: string): Promise<string> {
    const list = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) })
      .parse(await this.#call("GET", "/api/v1/market/datasets?limit=100"));
    const known = list.items.find((item) => item.name === name);
    if (known !== undefined) return known.id;
    const answer = await this.#call("POST", "/api/v1/market/datasets", { name });
    return z.object({ id: z.string() }).parse(answer).id;
  }

  /** Streams a candle file into a dataset; candles it already has are counted, not doubled. */
  async importCandles(
    datasetId: string,
    path: URL,
    filename: string,
    facts: Readonly<Record<string, string>>,
  ): Promise<{ inserted: number; duplicate: number }> {
    const query = new URLSearchParams({ filename, ...facts });
    const answer = await this.#send(
      `/api/v1/market/datasets/${datasetId}/imports?${query}`,
      async () => ({
        method: "POST",
        headers: { "Content-Type": "text/csv" },
        body: (await Deno.open(path)).readable,
      }),
    );
    return z.object({ inserted: z.number(), duplicate: z.number() })
      .parse(JSON.parse(answer));
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const text = await this.#send(path, () => ({
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    }));
    return text === "" ? null : JSON.parse(text);
  }

  /** Waits as long as the server says when it has counted too many calls; `open` reads anew then. */
  async #send(
    path: string,
    open: () => RequestInit | Promise<RequestInit>,
    refusals = 0,
  ): Promise<string> {
    const init = await open();
    const headers = new Headers(init.headers);
    if (this.#token !== "") headers.set("Authorization", `Bearer ${this.#token}`);
    const answer = await fetch(`${this.#options.baseUrl}${path}`, {
      ...init,
      headers,
      signal: this.#options.signal,
    });
    if (answer.status === 429 && refusals < REFUSALS_MAX) {
      await answer.body?.cancel();
      const seconds = Number(answer.headers.get("Retry-After") ?? 1);
      await pause(seconds * 1_000, this.#options.signal);
      return await this.#send(path, open, refusals + 1);
    }
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${init.method ?? "GET"} ${path} answered ${answer.status}: ${text}`);
    }
    return text;
  }
}

async function readAccount(path: string): Promise<Account | null> {
  try {
    return account.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (err) {
    if (err instanceof Deno.errors.NotFound) return null;
    throw err;
  }
}

function newAccount(): Account {
  const password = `Demo-${crypto.randomUUID()}`;
  return { username: "demo", email: "demo@example.com", password };
}
