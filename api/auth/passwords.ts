/**
 * Password hashes: Argon2id in the PHC string format, two at once and a bounded queue.
 *
 * One hash takes tens of megabytes for tens of milliseconds, so that a flood of logins would
 * otherwise take the whole machine.
 */
import { Semaphore } from "async-mutex";
import { timingSafeEqual } from "node:crypto";
import type { Random } from "../platform/clock.ts";
import type { Settings } from "../platform/config.ts";
import { AppError } from "../platform/errors.ts";
import { formatPhc, parsePhc, type Phc } from "./phc.ts";

const PARALLEL_MAX = 2;
const SALT_BYTES = 16;
const HASH_BITS = 256;

export interface Passwords {
  /** A PHC string of the password under the present cost settings. */
  hash(password: string): Promise<string>;
  /** True when the password is the hash's; `null` stands for an unknown user and takes as long. */
  verify(password: string, phc: string | null): Promise<boolean>;
  /** True when the hash was made under other cost settings than the present ones. */
  isStale(phc: string): boolean;
  /** Hashes computed so far. */
  readonly computed: number;
}

type Cost = Pick<Settings, "ARGON2_MEMORY_KIB" | "ARGON2_PASSES" | "PASSWORD_QUEUE_MAX">;

export function createPasswords(settings: Cost, random: Random): Passwords {
  const slots = new Semaphore(PARALLEL_MAX);
  const cost = { memoryKib: settings.ARGON2_MEMORY_KIB, passes: settings.ARGON2_PASSES };
  const nobody: Phc = { ...cost, lanes: 1, salt: random.bytes(SALT_BYTES), hash: random.bytes(32) };
  let admitted = 0;
  let computed = 0;

  async function derive(password: string, phc: Omit<Phc, "hash">) {
    if (admitted >= PARALLEL_MAX + settings.PASSWORD_QUEUE_MAX) throw overloaded();
    admitted++;
    try {
      return await slots.runExclusive(() => {
        computed++;
        return argon2id(password, phc);
      });
    } finally {
      admitted--;
    }
  }

  return {
    async hash(password) {
      const parts = { ...cost, lanes: 1, salt: random.bytes(SALT_BYTES) };
      return formatPhc({ ...parts, hash: await derive(password, parts) });
    },
    async verify(password, text) {
      const phc = text === null ? nobody : parsePhc(text);
      const derived = await derive(password, phc);
      return derived.length === phc.hash.length && timingSafeEqual(derived, phc.hash) &&
        text !== null;
    },
    isStale(text) {
      const { memoryKib, passes, lanes } = parsePhc(text);
      return memoryKib !== cost.memoryKib || passes !== cost.passes || lanes !== 1;
    },
    get computed() {
      return computed;
    },
  };
}

function overloaded(): AppError {
  return new AppError("OVERLOADED", "Cannot check the password now: too many others wait", {
    headers: { "Retry-After": "2" },
  });
}

/** Deno's WebCrypto has the algorithm of the "Modern Algorithms" draft; the types lag behind. */
interface Argon2Params extends Algorithm {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

async function argon2id(
  password: string,
  { memoryKib, passes, lanes, salt }: Omit<Phc, "hash">,
): Promise<Uint8Array<ArrayBuffer>> {
  // One text typed on two keyboards may differ in bytes; NFC makes it one password.
  const secret = new TextEncoder().encode(password.normalize("NFC"));
  const key = await crypto.subtle.importKey("raw-secret", secret, "Argon2id", false, [
    "deriveBits",
  ]);
  const params: Argon2Params = {
    name: "Argon2id",
    nonce: salt,
    memory: memoryKib,
    passes,
    parallelism: lanes,
  };
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, HASH_BITS));
}
