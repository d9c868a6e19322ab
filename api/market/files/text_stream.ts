/** The text of a file of bytes. */

import type { ByteReader } from "./byte_reader.ts";

export async function* readText(bytes: ByteReader): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const piece of bytes.rest()) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
