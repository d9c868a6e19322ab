/**
 * Cuts off whoever stays connected, by WebSocket or by server-sent events, once the session, API
 * token or account that let them in is over, in whichever process that was decided.
 */
import type { Actor, Platform } from "../platform/context.ts";

/** One open connection. Its actor may come later, by a message, or be signed in anew. */
export interface LiveClient {
  readonly actor: Actor | null;
  /** Ends the connection and tells the client why. */
  cutOff(reason: string): void;
}

/** How long a caller may stay, by the rows as they are now; null: not at all. */
export type FindStanding = (actor: Actor) => Promise<{ readonly endsAt: number } | null>;

const CHANGED = "credentials have changed: sign in again";
const ENDED = "the session or token has ended: sign in again";

export class StandingWatch {
  readonly #platform: Platform;
  readonly #findStanding: FindStanding;
  /** When each client's standing ends, in epoch milliseconds. */
  readonly #endsAt = new Map<LiveClient, number>();

  constructor(platform: Platform, findStanding: FindStanding) {
    this.#platform = platform;
    this.#findStanding = findStanding;
    platform.invalidations.subscribe(({ topic, key }) => {
      if (topic === "user") this.#cut((actor) => actor.userId === key);
      if (topic === "session") this.#cut((actor) => actor.sessionId === key);
      if (topic === "api_token") this.#cut((actor) => actor.apiTokenId === key);
    });
  }

  get size(): number {
    return this.#endsAt.size;
  }

  countOf(userId: string): number {
    let count = 0;
    for (const { actor } of this.#endsAt.keys()) if (actor?.userId === userId) count++;
    return count;
  }

  add(client: LiveClient): void {
    this.#endsAt.set(client, Number.POSITIVE_INFINITY);
  }

  remove(client: LiveClient): void {
    this.#endsAt.delete(client);
  }

  /**
   * Reads the rows once the client is watched: a change before is seen here, one after is heard.
   * False when the client may not stay.
   */
  async admit(client: LiveClient): Promise<boolean> {
    const standing = client.actor === null ? null : await this.#findStanding(client.actor);
    if (standing === null || !this.#endsAt.has(client)) return false;
    this.#endsAt.set(client, standing.endsAt);
    return true;
  }

  /** Hears what other processes have cut off, and looks again at those whose time is over. */
  async catchUp(): Promise<void> {
    await this.#platform.invalidations.catchUp();
    const now = this.#platform.clock.now();
    for (const [client, endsAt] of [...this.#endsAt]) {
      if (endsAt > now || await this.admit(client)) continue;
      this.remove(client);
      client.cutOff(ENDED);
    }
  }

  #cut(isGone: (actor: Actor) => boolean): void {
    for (const client of [...this.#endsAt.keys()]) {
      if (client.actor === null || !isGone(client.actor)) continue;
      this.remove(client);
      client.cutOff(CHANGED);
    }
  }
}
