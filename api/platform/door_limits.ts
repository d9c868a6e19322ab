/**
 * Limits on calls, shared by processes without a KV call per request.
 *
 * A process counts by itself and reports to KV in chunks: once a subject has `chunk` calls that KV
 * does not know of, the next one waits for the report, which also brings what the others counted.
 * So a process allows at most one chunk beyond the quota, and never less than the quota. While KV
 * does not answer every process counts for itself alone. Windows are fixed and start at multiples
 * of their length, so that processes agree on them.
 */
import type { Cache, CacheRegistry } from "./cache.ts";
import { type Clock, withDeadline } from "./clock.ts";
import type { Log } from "./log.ts";
import type { RatePolicy, RateState } from "./rate_limit.ts";

export interface DoorPolicy extends RatePolicy {
  /** Calls a process may allow between two reports; at least the heaviest call. */
  readonly chunk: number;
  /** True: heavy calls count by their weight. False: every call counts once. */
  readonly weighted: boolean;
}

/** A group of routes and callers under the same policies; the first one is shown by name. */
export interface Door {
  readonly name: string;
  readonly by: "user" | "address";
  readonly policies: readonly DoorPolicy[];
}

export interface DoorCost {
  /** What weighted policies count. */
  readonly weight: number;
  /** What the others count: 1, and 0 for the rest of a call that was counted before. */
  readonly calls: number;
}

export interface DoorPass {
  readonly door: Door;
  readonly allowed: boolean;
  /** One for each policy of the door; `allowed` is false for those that refuse. */
  readonly states: readonly RateState[];
}

export interface DoorLimits {
  /** Counts a call, or refuses it and counts nothing; a promise only when KV must be asked. */
  take(door: Door, subject: string, cost: DoorCost): DoorPass | Promise<DoorPass>;
}

export interface DoorLimitsOptions {
  readonly kv: Deno.Kv;
  readonly caches: CacheRegistry;
  readonly clock: Clock;
  readonly log: Log;
  /** What the cache of counts is called; one for each instance of a process. */
  readonly cacheName?: string;
}

const SUBJECTS_MAX = 50_000;
const SUBJECT_LIFETIME_MS = 2 * 3_600_000;
const KV_DEADLINE_MS = 500;
const KV_RETRY_MS = 1_000;
const KV_TRIES = 20;
const REPORTS_PER_CALL_MAX = 100;

export function createDoorLimits(
  { kv, caches, clock, log, cacheName = "door-limits" }: DoorLimitsOptions,
): DoorLimits {
  const store = new SharedCounts(kv, clock, log);
  const tallies: Cache<Tally> = caches.create<Tally>({
    name: cacheName,
    entriesMax: SUBJECTS_MAX,
    lifetimeMs: SUBJECT_LIFETIME_MS,
  });
  return {
    take(door, subject, cost) {
      const key = `${door.name}/${subject}`;
      const now = clock.now();
      let tally = tallies.get(key);
      if (tally === undefined || now >= tally.renewAt) {
        tally ??= new Tally({ door, subject, store, clock });
        tally.renewAt = now + SUBJECT_LIFETIME_MS / 2;
        tallies.set(key, tally);
      }
      return tally.take(cost);
    },
  };
}

interface Counter {
  readonly policy: DoorPolicy;
  /** Number of the window since the epoch. */
  window: number;
  /** What KV said the processes counted together. */
  known: number;
  /** What this process counted and KV does not know yet. */
  unreported: number;
}

interface TallyParts {
  readonly door: Door;
  readonly subject: string;
  readonly store: SharedCounts;
  readonly clock: Clock;
}

/** One subject's counts at one door, as this process knows them. */
class Tally {
  renewAt = 0;
  readonly #parts: TallyParts;
  readonly #counters: readonly Counter[];
  #reporting: Promise<void> | null = null;

  constructor(parts: TallyParts) {
    this.#parts = parts;
    this.#counters = parts.door.policies.map((policy) => ({
      policy,
      window: 0,
      known: 0,
      unreported: 0,
    }));
  }

  take(cost: DoorCost): DoorPass | Promise<DoorPass> {
    this.#startWindows();
    return this.#needsReport(cost) ? this.#takeAfterReport(cost) : this.#decide(cost);
  }

  async #takeAfterReport(cost: DoorCost): Promise<DoorPass> {
    for (let reports = 0; reports < REPORTS_PER_CALL_MAX; reports++) {
      await this.#report();
      this.#startWindows();
      if (!this.#needsReport(cost)) return this.#decide(cost);
    }
    return this.#pass(() => false);
  }

  #startWindows(): void {
    const now = this.#parts.clock.now();
    for (const counter of this.#counters) {
      const window = Math.floor(now / counter.policy.windowMs);
      if (window <= counter.window) continue;
      counter.window = window;
      counter.known = 0;
      counter.unreported = 0;
    }
  }

  /** A refusal needs none: within a window counts only grow. */
  #needsReport(cost: DoorCost): boolean {
    if (this.#parts.store.isAway) return false;
    let isOver = false;
    for (const { policy, known, unreported } of this.#counters) {
      const by = policy.weighted ? cost.weight : cost.calls;
      if (known + unreported + by > policy.quota) return false;
      if (unreported > 0 && unreported + by > policy.chunk) isOver = true;
    }
    return isOver;
  }

  #decide(cost: DoorCost): DoorPass {
    const costOf = ({ policy }: Counter) => policy.weighted ? cost.weight : cost.calls;
    const fits = (counter: Counter) =>
      counter.known + counter.unreported + costOf(counter) <= counter.policy.quota;
    if (!this.#counters.every(fits)) return this.#pass(fits);
    let isFull = false;
    for (const counter of this.#counters) {
      counter.unreported += costOf(counter);
      if (counter.unreported >= counter.policy.chunk) isFull = true;
    }
    // Nobody waits for this report: it is there, as a rule, before the next call needs it.
    if (isFull && this.#parts.store.mayBeAsked) void this.#report();
    return this.#pass(() => true);
  }

  #pass(fits: (counter: Counter) => boolean): DoorPass {
    let allowed = true;
    const states = this.#counters.map((counter) => {
      const { policy, window, known, unreported } = counter;
      const isFine = fits(counter);
      if (!isFine) allowed = false;
      return {
        policy,
        allowed: isFine,
        remaining: Math.max(0, policy.quota - known - unreported),
        resetAt: (window + 1) * policy.windowMs,
      };
    });
    return { door: this.#parts.door, allowed, states };
  }

  #report(): Promise<void> {
    this.#reporting ??= this.#reportNow().finally(() => this.#reporting = null);
    return this.#reporting;
  }

  async #reportNow(): Promise<void> {
    const { door, subject, store } = this.#parts;
    const sent = this.#counters.map(({ policy, window, unreported }) => ({
      key: ["door", door.name, policy.name, subject, window],
      amount: unreported,
      window,
      endsAt: (window + 1) * policy.windowMs,
    }));
    const totals = await store.add(sent);
    if (totals === null) return;
    for (const [at, counter] of this.#counters.entries()) {
      const { window, amount } = sent[at] ?? { window: -1, amount: 0 };
      if (counter.window !== window) continue;
      counter.known = totals[at] ?? 0;
      counter.unreported -= amount;
    }
  }
}

interface Amount {
  readonly key: Deno.KvKey;
  readonly amount: number;
  /** Epoch milliseconds after which nobody needs the count. */
  readonly endsAt: number;
}

/** The counts all processes share, and whether they can be reached. */
class SharedCounts {
  isAway = false;
  readonly #kv: Deno.Kv;
  readonly #clock: Clock;
  readonly #log: Log;
  #retryAt = 0;

  constructor(kv: Deno.Kv, clock: Clock, log: Log) {
    this.#kv = kv;
    this.#clock = clock;
    this.#log = log;
  }

  /** False for a second after each failure. */
  get mayBeAsked(): boolean {
    return !this.isAway || this.#clock.monotonic() >= this.#retryAt;
  }

  /**
   * Adds to the counts and answers their totals; null when KV does not answer. A report that
   * arrives after it was given up is made again, so that too much may be counted, never too little.
   */
  async add(amounts: readonly Amount[]): Promise<readonly number[] | null> {
    try {
      const totals = await withDeadline(this.#addAll(amounts), KV_DEADLINE_MS);
      this.isAway = false;
      return totals;
    } catch (err) {
      if (!this.isAway) {
        this.#log.warning("calls are counted by this process alone", { error: err });
      }
      this.isAway = true;
      this.#retryAt = this.#clock.monotonic() + KV_RETRY_MS;
      return null;
    }
  }

  async #addAll(amounts: readonly Amount[]): Promise<readonly number[]> {
    for (let tries = 0; tries < KV_TRIES; tries++) {
      const entries = await this.#kv.getMany<number[]>(amounts.map(({ key }) => key));
      const totals = amounts.map(({ amount }, at) => (entries[at]?.value ?? 0) + amount);
      const change = this.#kv.atomic();
      for (const [at, { key, amount, endsAt }] of amounts.entries()) {
        if (amount === 0) continue;
        const expireIn = Math.max(1, endsAt - this.#clock.now());
        change.check({ key, versionstamp: entries[at]?.versionstamp ?? null })
          .set(key, totals[at], { expireIn });
      }
      if ((await change.commit()).ok) return totals;
    }
    throw new Error("Cannot report calls: the counts change too fast");
  }
}
