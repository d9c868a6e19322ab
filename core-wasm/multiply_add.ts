/**
 * Whether this engine's relaxed multiply-add rounds once, as the hardware's fused instruction does.
 *
 * WebAssembly lets an engine round `f64x2.relaxed_madd` once or twice, but wants the same of it each time
 * in one run. So a few products tell: those whose second rounding shows, in both lanes.
 */

/**
 * (module (memory (export "memory") 1)
 *   (func (export "madd")
 *     (v128.store (i32.const 48) (f64x2.relaxed_madd
 *       (v128.load (i32.const 0)) (v128.load (i32.const 16)) (v128.load (i32.const 32))))))
 */
// deno-fmt-ignore
const PROBE = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
  0x01, 0x04, 0x01, 0x60, 0x00, 0x00,
  0x03, 0x02, 0x01, 0x00,
  0x05, 0x03, 0x01, 0x00, 0x01,
  0x07, 0x11, 0x02,
  0x06, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 0x02, 0x00,
  0x04, 0x6d, 0x61, 0x64, 0x64, 0x00, 0x00,
  0x0a, 0x1f, 0x01, 0x1d, 0x00,
  0x41, 0x30,
  0x41, 0x00, 0xfd, 0x00, 0x04, 0x00,
  0x41, 0x10, 0xfd, 0x00, 0x04, 0x00,
  0x41, 0x20, 0xfd, 0x00, 0x04, 0x00,
  0xfd, 0x87, 0x02,
  0xfd, 0x0b, 0x04, 0x00,
  0x0b,
);

const UNIT = 2 ** -52;

/** a, b, c and a * b + c rounded once, which rounded twice is another number. */
const PRODUCTS: readonly (readonly [number, number, number, number])[] = [
  [1 + 2 ** -30, 1 + 2 ** -30, -1 - 2 ** -29, 2 ** -60],
  [1 - 2 ** -30, 1 + 2 ** -30, -1, -(2 ** -60)],
  [0.1, 10, -1, 2 ** -54],
  [1 + UNIT, 1 + UNIT, -1 - 2 * UNIT, UNIT * UNIT],
  [2 ** 300 * (1 + 2 ** -40), 1 + 2 ** -40, -(2 ** 300) * (1 + 2 ** -39), 2 ** 220],
  [3 * 2 ** -200, 1 / 3, -(2 ** -200), -(2 ** -254)],
];

/** Whether the engine knows the instruction and rounds once; it takes a fraction of a millisecond. */
export function hasFusedMultiplyAdd(): boolean {
  return WebAssembly.validate(PROBE) && roundsOnce();
}

function roundsOnce(): boolean {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(PROBE));
  const madd = exports.madd as () => void;
  const lanes = new Float64Array((exports.memory as WebAssembly.Memory).buffer, 0, 8);
  return PRODUCTS.every((first, index) => {
    const second = PRODUCTS[(index + 1) % PRODUCTS.length] ?? first;
    for (let part = 0; part < 3; part++) {
      lanes.set([first[part] ?? NaN, second[part] ?? NaN], 2 * part);
    }
    madd();
    return lanes[6] === first[3] && lanes[7] === second[3];
  });
}
