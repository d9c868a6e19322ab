/** The PHC string format of an Argon2id hash: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */

export interface Phc {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly hash: Uint8Array<ArrayBuffer>;
}

const FORM =
  /^\$argon2id\$v=19\$m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export function formatPhc({ memoryKib, passes, lanes, salt, hash }: Phc): string {
  const cost = `m=${memoryKib},t=${passes},p=${lanes}`;
  return `$argon2id$v=19$${cost}$${encodeBase64(salt)}$${encodeBase64(hash)}`;
}

/** @throws Error when the text is no Argon2id hash of version 19. */
export function parsePhc(text: string): Phc {
  const [, memory, passes, lanes, salt, hash] = FORM.exec(text) ?? [];
  if (salt === undefined || hash === undefined) {
    throw new Error("Cannot read a password hash: it is damaged or of an unknown kind");
  }
  return {
    memoryKib: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: decodeBase64(salt),
    hash: decodeBase64(hash),
  };
}

/** The format's base64 has no padding. */
function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
