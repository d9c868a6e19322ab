import type { AddressList } from "../platform/addresses.ts";
import type { Actor } from "../platform/context.ts";

/** Whom a verified token speaks for, and from where. */
export interface Verified {
  readonly actor: Actor;
  /** Epoch milliseconds; infinite for an API token that does not expire. */
  readonly expiresAt: number;
  /** The only addresses that may use it; null for any. */
  readonly addresses: AddressList | null;
  /** When its use was last written down, in epoch milliseconds. */
  usedAt: number;
}
