/** How often a client may send over its WebSockets: the door `socket` of the table of limits. */
import type { Ctx, Platform } from "../platform/context.ts";
import { createDoorLimits, type DoorCost } from "../platform/door_limits.ts";
import { subjectOfAddress } from "../platform/rate_limit.ts";
import { DOORS } from "../platform/rate_policies.ts";

export interface MessageLimits {
  /** Counts what the caller sends; answers the seconds to wait, 0 when it may go on. */
  take(who: Pick<Ctx, "actor" | "address">, cost: DoorCost): Promise<number> | number;
}

export const MESSAGE: DoorCost = { weight: 1, calls: 1 };

/** A topic beyond a message's first one. */
export const TOPIC: DoorCost = { weight: 1, calls: 0 };

export function createMessageLimits(platform: Platform): MessageLimits {
  if (platform.settings.RATE_LIMITS === "off") return { take: () => 0 };
  const limits = createDoorLimits({
    kv: platform.kv,
    caches: platform.caches,
    clock: platform.clock,
    log: platform.log,
    cacheName: "message-limits",
  });
  return {
    async take({ actor, address }, cost) {
      if (actor?.role === "system") return 0;
      const subject = actor?.userId ?? subjectOfAddress(address);
      const { states } = await limits.take(DOORS.socket, subject, cost);
      const resets = states.filter(({ allowed }) => !allowed).map(({ resetAt }) => resetAt);
      if (resets.length === 0) return 0;
      return Math.max(1, Math.ceil((Math.max(...resets) - platform.clock.now()) / 1_000));
    },
  };
}
