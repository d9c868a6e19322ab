/** A stream of bytes, read by count: the one way every format reads its file. */

import { CandleFileError, quoteCell } from "./candle_file_error.ts";

const NO_BYTES = new Uint8Array(0);

/** Holds no more than was asked for, plus one piece of the stream. */
export class ByteReader implements AsyncDisposable {
  readonly fileName: string;
  /** Bytes taken so far. */
  position = 0;
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Uint8Array = NO_BYTES;
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array>, fileName: string) {
    this.#source = source[Symbol.asyncIterator]();
    this.fileName = fileName;
  }

  /** The next bytes without taking them; fewer than `count` at the end of the file. */
  async peek(count: number): Promise<Uint8Array> {
    const pieces = await this.#gather(count);
    this.#held = pieces.length === 1 ? pieces[0] ?? NO_BYTES : joinBytes(pieces);
    return this.#held.subarray(0, count);
  }

  /** Exactly `count` bytes in memory of their own. Throws a CandleFileError when there are fewer. */
  async take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const pieces = await this.#gather(count);
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (bytes < count) throw endsEarly(this.fileName);
    const last = pieces.pop() ?? NO_BYTES;
    const wanted = last.length - (bytes - count);
    this.#held = last.subarray(wanted);
    this.position += count;
    return joinBytes([...pieces, last.subarray(0, wanted)], count);
  }

  /** Everything that is left, piece by piece. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (let piece = this.#held; piece.length > 0 || !this.#ended; piece = await this.#pull()) {
      this.#held = NO_BYTES;
      this.position += piece.length;
      if (piece.length > 0) yield piece;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#held = NO_BYTES;
    if (this.#ended) return;
    this.#ended = true;
    try {
      await this.#source.return?.();
    } catch {
      // A source that has failed already fails again; what is to be said of it has been said.
    }
  }

  /** What is held and the pieces after it, until they are `count` bytes or the file ends. */
  async #gather(count: number): Promise<Uint8Array[]> {
    const pieces = [this.#held];
    let bytes = this.#held.length;
    while (bytes < count) {
      const piece = await this.#pull();
      if (piece.length === 0) break;
      pieces.push(piece);
      bytes += piece.length;
    }
    return pieces;
  }

  /** The next piece that is not empty; an empty one at the end. */
  async #pull(): Promise<Uint8Array> {
    while (!this.#ended) {
      const { done, value } = await this.#source.next();
      if (done) this.#ended = true;
      else if (value.length > 0) return value;
    }
    return NO_BYTES;
  }
}

export function joinBytes(
  pieces: readonly Uint8Array[],
  length = pieces.reduce((sum, piece) => sum + piece.length, 0),
): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

export function endsEarly(fileName: string): CandleFileError {
  return new CandleFileError(
    `Cannot read ${quoteCell(fileName)}: it ends early, as a cut-off upload does`,
  );
}
