/**
 * A 64-bit digest that notices a changed input; it protects against mistakes, not against people.
 *
 * Two 32-bit lanes of the murmur3 mixing step with different seeds. It needs no package, so that a
 * result can be checked wherever WebAssembly runs.
 */
export class InputDigest {
  #low = 0x9e3779b9;
  #high = 0x85ebca6b;

  update(data: string | Uint8Array): this {
    const given = typeof data === "string" ? new TextEncoder().encode(data) : data;
    const bytes = given.byteOffset % 4 === 0 ? given : given.slice();
    const whole = bytes.length >>> 2;
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, whole);
    for (let index = 0; index < whole; index++) this.#mix(words[index] ?? 0);
    for (let index = whole << 2; index < bytes.length; index++) this.#mix(bytes[index] ?? 0);
    this.#mix(bytes.length);
    return this;
  }

  /** Eight bytes, little-endian. */
  digest(): Uint8Array<ArrayBuffer> {
    const out = new DataView(new ArrayBuffer(8));
    out.setUint32(0, avalanche(this.#low), true);
    out.setUint32(4, avalanche(this.#high ^ this.#low), true);
    return new Uint8Array(out.buffer);
  }

  #mix(word: number): void {
    this.#low = step(this.#low, word);
    this.#high = step(this.#high, word ^ 0x5bd1e995);
  }
}

function step(lane: number, word: number): number {
  const scaled = Math.imul(word, 0xcc9e2d51);
  const mixed = lane ^ Math.imul((scaled << 15) | (scaled >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function avalanche(lane: number): number {
  const first = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}
