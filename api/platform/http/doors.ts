/** Limits on calls as requests meet them: who is counted, what is refused, what headers say. */
import type { Platform } from "../context.ts";
import {
  createDoorLimits,
  type Door,
  type DoorCost,
  type DoorPass,
  type DoorPolicy,
} from "../door_limits.ts";
import { AppError } from "../errors.ts";
import { type RateState, subjectOfAddress } from "../rate_limit.ts";
import { doorOf, type DoorRequest } from "../rate_policies.ts";

export type FindDoor = (request: DoorRequest) => Door | null;

export interface Doorkeeper {
  /**
   * Counts the request; null when nobody limits it, a promise only when KV has to be asked. A
   * refused visit is one too, with headers to show: ask it with `refuse`.
   */
  visit(request: DoorRequest & { readonly address: string | null }): Promise<Visit> | Visit | null;
}

const CALL: DoorCost = { weight: 1, calls: 1 };

export function createDoorkeeper(platform: Platform, findDoor: FindDoor = doorOf): Doorkeeper {
  if (platform.settings.RATE_LIMITS === "off") return { visit: () => null };
  const limits = createDoorLimits(platform);
  const { now } = platform.clock;
  const policyHeaders = new Map<Door, string>();
  return {
    visit(request) {
      const door = findDoor(request);
      if (door === null) return null;
      const subject = door.by === "user" && request.actor !== null
        ? request.actor.userId
        : subjectOfAddress(request.address);
      const take = (cost: DoorCost) => limits.take(door, subject, cost);
      const parts = { take, now, policyHeader: policyHeaderOf(policyHeaders, door) };
      const pass = take(CALL);
      return pass instanceof Promise
        ? pass.then((late) => new Visit(late, parts))
        : new Visit(pass, parts);
    },
  };
}

interface VisitParts {
  readonly take: (cost: DoorCost) => DoorPass | Promise<DoorPass>;
  readonly now: () => number;
  readonly policyHeader: string;
}

/** One request's way through its door. */
export class Visit {
  #pass: DoorPass;
  #weight = 1;
  readonly #parts: VisitParts;

  constructor(pass: DoorPass, parts: VisitParts) {
    this.#pass = pass;
    this.#parts = parts;
  }

  /** @throws AppError RATE_LIMITED with Retry-After when the last count was refused. */
  refuse(): void {
    const { allowed, states } = this.#pass;
    if (allowed) return;
    const violated = states.filter((state) => !state.allowed);
    const waitMs = Math.max(...violated.map(({ resetAt }) => resetAt)) - this.#parts.now();
    const seconds = Math.max(1, toSeconds(waitMs));
    throw new AppError("RATE_LIMITED", `Cannot go on: too many calls, wait ${seconds} s`, {
      headers: { "Retry-After": String(seconds) },
      details: { violated_policies: violated.map(({ policy }) => policy.name) },
    });
  }

  /** Counts the rest of a call that weighs more than one. @throws as `refuse` does. */
  async charge(weight: number): Promise<void> {
    this.#weight = weight;
    this.#pass = await this.#parts.take({ weight: weight - 1, calls: 0 });
    this.refuse();
  }

  /** The headers of both families: the documents' and the IETF draft's, and the call's weight. */
  show(headers: Headers): void {
    const { states } = this.#pass;
    const now = this.#parts.now();
    const shown = states.find(({ allowed }) => !allowed) ?? states[0];
    if (shown === undefined) return;
    headers.set("X-RateLimit-Limit", String(shown.policy.quota));
    headers.set("X-RateLimit-Remaining", String(shown.remaining));
    headers.set("X-RateLimit-Reset", String(toSeconds(shown.resetAt)));
    headers.set("X-RateLimit-Weight", String(this.#weight));
    headers.set("RateLimit-Policy", this.#parts.policyHeader);
    headers.set("RateLimit", states.map((state) => stateItem(state, now)).join(", "));
  }
}

/** The header of a door never changes, so it is written once. */
function policyHeaderOf(known: Map<Door, string>, door: Door): string {
  let header = known.get(door);
  if (header === undefined) known.set(door, header = door.policies.map(policyItem).join(", "));
  return header;
}

function policyItem({ name, quota, windowMs }: DoorPolicy): string {
  return `"${name}";q=${quota};w=${toSeconds(windowMs)}`;
}

function stateItem({ policy, remaining, resetAt }: RateState, now: number): string {
  return `"${policy.name}";r=${remaining};t=${toSeconds(resetAt - now)}`;
}

function toSeconds(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1_000));
}
