/** Archives for the tests, honest and not. */

import { crc32 } from "node:zlib";
import { joinBytes } from "./byte_reader.ts";

export interface TestEntry {
  readonly name: string;
  readonly packed: Uint8Array;
  /** What the archive says that it unpacks to. */
  readonly unpacked: Uint8Array;
  /** 8: deflate. */
  readonly method?: number;
  readonly flags?: number;
}

export function zipOf(entries: readonly TestEntry[]): Uint8Array {
  const files: Uint8Array[] = [];
  const listed: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.name);
    const facts = factsOf(entry, name.length);
    const file = joinBytes([Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), facts, name, entry.packed]);
    const place = new Uint8Array(14);
    new DataView(place.buffer).setUint32(10, offset, true);
    listed.push(joinBytes([Uint8Array.of(0x50, 0x4b, 1, 2, 20, 0, 20, 0), facts, place, name]));
    files.push(file);
    offset += file.length;
  }
  const directory = joinBytes(listed);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, directory.length, true);
  end.setUint32(16, offset, true);
  return joinBytes([...files, directory, new Uint8Array(end.buffer)]);
}

/** What a local header and the directory both say of a file: flags to the length of extras. */
function factsOf(
  { packed, unpacked, method = 8, flags = 0 }: TestEntry,
  nameBytes: number,
): Uint8Array {
  const facts = new DataView(new ArrayBuffer(24));
  facts.setUint16(0, flags, true);
  facts.setUint16(2, method, true);
  facts.setUint32(8, crc32(unpacked), true);
  facts.setUint32(12, packed.length, true);
  facts.setUint32(16, unpacked.length, true);
  facts.setUint16(20, nameBytes, true);
  return new Uint8Array(facts.buffer);
}
