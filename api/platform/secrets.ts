/**
 * AES-256-GCM envelopes with a key ring.
 *
 * An envelope is `v1.<key id>.<nonce>.<ciphertext>`, the last two base64url. The additional data
 * binds it to its place (owner and row), so that an envelope copied elsewhere does not open. The
 * ring's first key seals; every key opens, which is how keys rotate.
 */
import { decodeBase64Url, encodeBase64Url } from "./encoding.ts";
import type { Random } from "./clock.ts";

const NONCE_BYTES = 12;
const KEY_BYTES = 32;

export interface MasterKey {
  /** 1 to 16 characters of a-z, 0-9, `-`. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array<ArrayBuffer>;
}

export interface Secrets {
  /** @throws Error when the platform's cryptography refuses. */
  seal(plaintext: Uint8Array<ArrayBuffer>, place: string): Promise<string>;
  /** @throws Error when the envelope is damaged, belongs to another place, or its key is unknown. */
  open(envelope: string, place: string): Promise<Uint8Array<ArrayBuffer>>;
}

export async function createSecrets(
  ring: readonly MasterKey[],
  random: Random,
): Promise<Secrets> {
  const keys = new Map<string, CryptoKey>();
  for (const { id, key } of ring) keys.set(id, await importKey(id, key));
  const sealer = ring[0];
  if (sealer === undefined) throw new Error("Cannot seal secrets: the key ring is empty");
  const sealingKey = keyOf(keys, sealer.id);
  return {
    async seal(plaintext, place) {
      const nonce = random.bytes(NONCE_BYTES);
      const sealed = await crypto.subtle.encrypt(gcm(nonce, place), sealingKey, plaintext);
      return `v1.${sealer.id}.${encodeBase64Url(nonce)}.${encodeBase64Url(new Uint8Array(sealed))}`;
    },
    async open(envelope, place) {
      const [version, id, nonce, sealed, ...rest] = envelope.split(".");
      if (version !== "v1" || !id || !nonce || !sealed || rest.length > 0) {
        throw new Error("Cannot open an envelope: it is damaged");
      }
      const key = keyOf(keys, id);
      const algorithm = gcm(decodeBase64Url(nonce), place);
      return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, decodeBase64Url(sealed)));
    },
  };
}

function importKey(id: string, key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  if (!/^[a-z0-9-]{1,16}$/.test(id)) throw new Error(`Cannot use master key "${id}": bad key id`);
  if (key.length !== KEY_BYTES) {
    throw new Error(`Cannot use master key "${id}": it has ${key.length} bytes, 32 are needed`);
  }
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function keyOf(keys: ReadonlyMap<string, CryptoKey>, id: string): CryptoKey {
  const key = keys.get(id);
  if (key === undefined) throw new Error(`Cannot open an envelope: master key "${id}" is unknown`);
  return key;
}

function gcm(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(place) };
}
