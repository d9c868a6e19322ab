/** The text of a file or an upload, unpacked when it is gzip. */

import { CandleFileError, quoteCell } from "./candle_file_error.ts";

/** What a packed file may unpack to; a small archive can hold endless zeros. */
const UNPACKED_BYTES_MAX = 4 * 1024 ** 3;

/** Pieces of text of a stream; gzip is known by its first two bytes, not by the name. */
export async function* readText(
  stream: ReadableStream<Uint8Array>,
  fileName: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  try {
    for await (const piece of await unpack(stream)) {
      bytes += piece.byteLength;
      if (bytes > UNPACKED_BYTES_MAX) {
        throw new CandleFileError(`Cannot read ${quoteCell(fileName)}: it unpacks to over 4 GiB`);
      }
      yield decoder.decode(piece, { stream: true });
    }
  } catch (err) {
    if (!isDamagedGzip(err)) throw err;
    throw new CandleFileError(
      `Cannot read ${quoteCell(fileName)}: its gzip data is damaged or cut off`,
      { cause: err },
    );
  }
  yield decoder.decode();
}

/** The runtime tells damaged packed data from other failures by its message alone. */
function isDamagedGzip(err: unknown): boolean {
  return err instanceof TypeError &&
    /gzip|deflate|decompress|corrupt|unexpected end/i.test(err.message);
}

async function unpack(stream: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const [peeked, whole] = await peek(stream);
  if (peeked[0] !== 0x1f || peeked[1] !== 0x8b) return whole;
  return whole.pipeThrough(new DecompressionStream("gzip"));
}

/** The first bytes, two or more unless the stream is shorter, and the stream with them put back. */
async function peek(
  stream: ReadableStream<Uint8Array>,
): Promise<[Uint8Array, ReadableStream<Uint8Array<ArrayBuffer>>]> {
  const reader = stream.getReader();
  let head = new Uint8Array(0);
  while (head.length < 2) {
    const { done, value } = await reader.read();
    if (done) break;
    const joined = new Uint8Array(head.length + value.length);
    joined.set(head);
    joined.set(value, head.length);
    head = joined;
  }
  const whole = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => head.length > 0 ? controller.enqueue(head) : undefined,
    pull: async (controller) => {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return [head, whole];
}
