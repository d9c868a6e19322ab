/**
 * The messages of an Arrow IPC file, read as they stream past: the file is the stream between two
 * magic words, with a footer that must name the same messages. Sizes are checked before anything
 * is allocated.
 *
 * Source: the Arrow columnar format 1.5, "IPC File Format".
 */

import { Footer } from "apache-arrow/fb/footer";
import { Message } from "apache-arrow/fb/message";
import { MessageHeader } from "apache-arrow/fb/message-header";
import { ByteBuffer } from "flatbuffers";
import type { ByteReader } from "./byte_reader.ts";
import { CandleFileError, quoteCell } from "./candle_file_error.ts";

export interface ArrowMessage {
  readonly message: Message;
  readonly body: Uint8Array;
}

/** "ARROW1" and two bytes of padding. */
const START_BYTES = 8;
/** Before the length of a message since format 0.15. */
const CONTINUATION = 0xffffffff;
/** The footer's length and the magic word. */
const END_BYTES = 10;

const METADATA_BYTES_MAX = 4 * 1024 ** 2;
/** A batch is decoded as a whole; writers make batches of some megabytes. */
const BODY_BYTES_MAX = 128 * 1024 ** 2;
const MESSAGES_MAX = 1_000_000;

export async function* readArrowMessages(bytes: ByteReader): AsyncGenerator<ArrowMessage> {
  const { fileName } = bytes;
  await bytes.take(START_BYTES);
  const offsets: number[] = [];
  for (let count = 0; count < MESSAGES_MAX; count++) {
    const offset = bytes.position;
    const length = await readLength(bytes);
    if (length === 0) return checkFooter(await readEnd(bytes), offsets, fileName);
    if (length > METADATA_BYTES_MAX) {
      throw tooLarge(fileName, `a message of ${length} bytes`, METADATA_BYTES_MAX);
    }
    const message = Message.getRootAsMessage(new ByteBuffer(await bytes.take(length)));
    const bodyBytes = message.bodyLength();
    if (bodyBytes < 0n || bodyBytes > BODY_BYTES_MAX) {
      throw tooLarge(fileName, `a batch of ${bodyBytes} bytes`, BODY_BYTES_MAX);
    }
    if (message.headerType() === MessageHeader.RecordBatch) offsets.push(offset);
    yield { message, body: await bytes.take(Number(bodyBytes)) };
  }
  throw damagedArrow(fileName);
}

/** Runs what reads foreign bytes; whatever they make it throw means that they are damaged. */
export function readingArrow<T>(fileName: string, read: () => T): T {
  try {
    return read();
  } catch (err) {
    throw err instanceof CandleFileError ? err : damagedArrow(fileName, err);
  }
}

export function damagedArrow(fileName: string, cause?: unknown): CandleFileError {
  return new CandleFileError(
    `Cannot read ${quoteCell(fileName)}: its Arrow data is damaged or cut off`,
    { cause },
  );
}

/** Of the next message's metadata; 0 at the end of the stream. */
async function readLength(bytes: ByteReader): Promise<number> {
  const first = await readUint32(bytes);
  return first === CONTINUATION ? await readUint32(bytes) : first;
}

async function readUint32(bytes: ByteReader): Promise<number> {
  const { buffer } = await bytes.take(4);
  return new DataView(buffer).getUint32(0, true);
}

/** What follows the messages. */
async function readEnd(bytes: ByteReader): Promise<Uint8Array<ArrayBuffer>> {
  const all = await bytes.peek(METADATA_BYTES_MAX + END_BYTES);
  return await bytes.take(all.length);
}

/** The footer lists where each batch begins: a file of which a part is missing does not fit. */
function checkFooter(end: Uint8Array, offsets: readonly number[], fileName: string): void {
  const footerBytes = end.length - END_BYTES;
  const fits = footerBytes > 0 && readingArrow(fileName, () => {
    const view = new DataView(end.buffer, end.byteOffset, end.byteLength);
    const magic = new TextDecoder().decode(end.subarray(-6));
    if (magic !== "ARROW1" || view.getUint32(footerBytes, true) !== footerBytes) return false;
    const footer = Footer.getRootAsFooter(new ByteBuffer(end.subarray(0, footerBytes)));
    return footer.recordBatchesLength() === offsets.length &&
      offsets.every((offset, at) => footer.recordBatches(at)?.offset() === BigInt(offset));
  });
  if (!fits) throw damagedArrow(fileName);
}

export function tooLarge(fileName: string, what: string, max: number): CandleFileError {
  return new CandleFileError(
    `Cannot read ${quoteCell(fileName)}: it declares ${what}, more than ${max}; ` +
      `write it in smaller batches`,
  );
}
