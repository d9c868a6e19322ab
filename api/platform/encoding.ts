/** Text forms of bytes. */
import { createHash } from "node:crypto";

export function encodeBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @throws Error when the text is not base64url. */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export function encodeHex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** SHA-256 of bytes or UTF-8 text, as lower-case hex; at once, so that a transaction may use it. */
export function sha256Hex(data: Uint8Array<ArrayBuffer> | string): string {
  return createHash("sha256").update(data).digest("hex");
}
