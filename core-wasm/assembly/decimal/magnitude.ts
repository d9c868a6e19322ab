/**
 * Unsigned integers of any size the engine needs, in static scratch memory: a u32 count of limbs,
 * then 32-bit limbs, lowest first, the highest never zero. Callers give distinct areas.
 */

/** Bytes of one area: 1,984 bits, far above what values within the facade's bounds reach. */
export const MAGNITUDE_BYTES: usize = 256;

const DIVISOR = memory.data(MAGNITUDE_BYTES);

export function limbs(p: usize): u32 {
  return load<u32>(p);
}

export function limb(p: usize, i: u32): u32 {
  return load<u32>(p + 4 + (<usize> i << 2));
}

function setLimb(p: usize, i: u32, value: u32): void {
  store<u32>(p + 4 + (<usize> i << 2), value);
}

function trim(p: usize, count: u32): void {
  while (count > 0 && limb(p, count - 1) == 0) count--;
  store<u32>(p, count);
}

export function setU64(p: usize, value: u64): void {
  setLimb(p, 0, <u32> value);
  setLimb(p, 1, <u32> (value >> 32));
  trim(p, 2);
}

export function copy(out: usize, p: usize): void {
  memory.copy(out, p, 4 + (<usize> limbs(p) << 2));
}

/** p := p · factor. */
export function mulSmall(p: usize, factor: u32): void {
  let count = limbs(p);
  let carry: u64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    carry += <u64> limb(p, i) * factor;
    setLimb(p, i, <u32> carry);
    carry >>= 32;
  }
  if (carry != 0) setLimb(p, count++, <u32> carry);
  store<u32>(p, count);
}

/** p := p · 10^n. */
export function mulPow10(p: usize, n: i32): void {
  while (n >= 9) {
    mulSmall(p, 1000000000);
    n -= 9;
  }
  let factor: u32 = 1;
  while (n-- > 0) factor *= 10;
  if (factor != 1) mulSmall(p, factor);
}

export function mul(out: usize, a: usize, b: usize): void {
  const na = limbs(a);
  const nb = limbs(b);
  const count = na + nb;
  memory.fill(out + 4, 0, <usize> count << 2);
  for (let i: u32 = 0; i < na; i++) {
    const x = <u64> limb(a, i);
    let carry: u64 = 0;
    for (let j: u32 = 0; j < nb; j++) {
      carry += x * limb(b, j) + limb(out, i + j);
      setLimb(out, i + j, <u32> carry);
      carry >>= 32;
    }
    setLimb(out, i + nb, <u32> carry);
  }
  trim(out, count);
}

export function compare(a: usize, b: usize): i32 {
  const na = limbs(a);
  const nb = limbs(b);
  if (na != nb) return na < nb ? -1 : 1;
  for (let i = na; i > 0; i--) {
    const x = limb(a, i - 1);
    const y = limb(b, i - 1);
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}

/** a := a + b. */
export function add(a: usize, b: usize): void {
  const na = limbs(a);
  const nb = limbs(b);
  let count = na > nb ? na : nb;
  let carry: u64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    if (i < na) carry += limb(a, i);
    if (i < nb) carry += limb(b, i);
    setLimb(a, i, <u32> carry);
    carry >>= 32;
  }
  if (carry != 0) setLimb(a, count++, <u32> carry);
  store<u32>(a, count);
}

/** a := a − b, where a ≥ b. */
export function sub(a: usize, b: usize): void {
  const na = limbs(a);
  const nb = limbs(b);
  let borrow: i64 = 0;
  for (let i: u32 = 0; i < na; i++) {
    borrow += <i64> limb(a, i);
    if (i < nb) borrow -= <i64> limb(b, i);
    setLimb(a, i, <u32> borrow);
    borrow >>= 32;
  }
  trim(a, na);
}

export function bits(p: usize): i32 {
  const count = limbs(p);
  return count == 0 ? 0 : <i32> (count << 5) - <i32> clz<u32>(limb(p, count - 1));
}

export function shiftLeft(p: usize, by: i32): void {
  const words = <u32> (by >> 5);
  const rest = <u32> (by & 31);
  const count = limbs(p);
  if (count == 0) return;
  setLimb(p, count, 0);
  for (let i = count + 1; i > 0; i--) {
    const high = limb(p, i - 1);
    const low = i > 1 && rest != 0 ? limb(p, i - 2) >> (32 - rest) : 0;
    setLimb(p, i - 1 + words, (high << rest) | low);
  }
  for (let i: u32 = 0; i < words; i++) setLimb(p, i, 0);
  trim(p, count + words + 1);
}

/** quotient := a ÷ b rounded down, a := the remainder. b > 0; b is left as it was. */
export function divide(quotient: usize, a: usize, b: usize): void {
  if (compare(a, b) < 0) {
    store<u32>(quotient, 0);
    return;
  }
  if (limbs(b) == 1) {
    divideSmall(quotient, a, limb(b, 0));
    return;
  }
  const shift = <i32> clz<u32>(limb(b, limbs(b) - 1));
  copy(DIVISOR, b);
  shiftLeft(DIVISOR, shift);
  let count = limbs(a);
  shiftLeft(a, shift);
  if (limbs(a) == count) setLimb(a, count, 0);
  divideNormalised(quotient, a, count - limbs(DIVISOR));
  shiftRight(a, shift);
}

function divideSmall(quotient: usize, a: usize, divisor: u32): void {
  const count = limbs(a);
  let rest: u64 = 0;
  for (let i = count; i > 0; i--) {
    rest = (rest << 32) | limb(a, i - 1);
    setLimb(quotient, i - 1, <u32> (rest / divisor));
    rest %= divisor;
  }
  trim(quotient, count);
  setU64(a, rest);
}

/** Knuth's algorithm D (The Art of Computer Programming 4.3.1) on a divisor with its top bit set. */
function divideNormalised(quotient: usize, a: usize, steps: u32): void {
  const n = limbs(DIVISOR);
  const top = <u64> limb(DIVISOR, n - 1);
  const second = <u64> limb(DIVISOR, n - 2);
  for (let step = steps + 1; step > 0; step--) {
    const j = step - 1;
    const head = (<u64> limb(a, j + n) << 32) | limb(a, j + n - 1);
    let digit = head / top;
    let rest = head % top;
    while (digit >> 32 != 0 || digit * second > ((rest << 32) | limb(a, j + n - 2))) {
      digit--;
      rest += top;
      if (rest >> 32 != 0) break;
    }
    if (subtractProduct(a, j, n, digit)) {
      digit--;
      addBack(a, j, n);
    }
    setLimb(quotient, j, <u32> digit);
  }
  trim(quotient, steps + 1);
  trim(a, n);
}

/** Subtracts digit · DIVISOR at limb j of a; true when the result went below zero. */
function subtractProduct(a: usize, j: u32, n: u32, digit: u64): bool {
  let carry: u64 = 0;
  let borrow: i64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    carry += digit * limb(DIVISOR, i);
    borrow += <i64> limb(a, j + i) - <i64> <u32> carry;
    setLimb(a, j + i, <u32> borrow);
    carry >>= 32;
    borrow >>= 32;
  }
  borrow += <i64> limb(a, j + n) - <i64> carry;
  setLimb(a, j + n, <u32> borrow);
  return borrow < 0;
}

function addBack(a: usize, j: u32, n: u32): void {
  let carry: u64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    carry += <u64> limb(a, j + i) + limb(DIVISOR, i);
    setLimb(a, j + i, <u32> carry);
    carry >>= 32;
  }
  setLimb(a, j + n, limb(a, j + n) + <u32> carry);
}

function shiftRight(p: usize, by: i32): void {
  const count = limbs(p);
  if (by == 0 || count == 0) return;
  for (let i: u32 = 0; i < count; i++) {
    const high = i + 1 < count ? limb(p, i + 1) << (32 - by) : 0;
    setLimb(p, i, (limb(p, i) >> by) | high);
  }
  trim(p, count);
}
