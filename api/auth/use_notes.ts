/** When sessions and API tokens were last used: written a moment late, so that no request waits. */
import type { Actor, Platform } from "../platform/context.ts";
import { noteApiTokenUses } from "./api_token_store.ts";
import { noteSessionUses } from "./store.ts";

const DELAY_MS = 1_000;
const WAITING_MAX = 10_000;
const BATCH_MAX = 200;

/** One use, by the token it was made with. */
export interface TokenUse {
  readonly id: string;
  readonly at: number;
  readonly address: string | null;
}

export interface UseNotes {
  note(actor: Actor, use: Omit<TokenUse, "id">): void;
}

export function createUseNotes({ db, writeBehinds }: Platform): UseNotes {
  const options = { delayMs: DELAY_MS, itemsMax: WAITING_MAX, batchMax: BATCH_MAX };
  const sessions = writeBehinds.create<TokenUse>({
    ...options,
    name: "session-uses",
    write: (uses) => noteSessionUses(db, uses),
  });
  const apiTokens = writeBehinds.create<TokenUse>({
    ...options,
    name: "api-token-uses",
    write: (uses) => noteApiTokenUses(db, uses),
  });
  return {
    note({ sessionId, apiTokenId }, use) {
      if (sessionId !== null) sessions.add({ id: sessionId, ...use });
      if (apiTokenId !== undefined) apiTokens.add({ id: apiTokenId, ...use });
    },
  };
}
