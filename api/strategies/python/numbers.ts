/** Python's number formatting and rounding, where JavaScript's differ. */

/** `round(value, decimals)`: exact decimal expansion, half to even. */
export function pythonRound(value: number, decimals: number): number {
  if (!Number.isFinite(value) || decimals > 22) return value;
  if (decimals < 0) {
    const scale = 10 ** -decimals;
    return halfEven(value / scale) * scale;
  }
  if (Math.abs(value) >= 1e21) return value;
  const text = Math.abs(value).toFixed(decimals);
  const rounded = Number(text) * Math.sign(value);
  return isTie(Math.abs(value), decimals) && isOddEnding(text)
    ? stepDown(value, decimals)
    : rounded;
}

export function halfEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest !== 0.5) return Math.round(value);
  return low % 2 === 0 ? low : low + 1;
}

/** True when the exact value lies half way between two numbers of that many decimals. */
function isTie(value: number, decimals: number): boolean {
  const digits = value.toFixed(Math.min(100, decimals + 60)).split(".")[1] ?? "";
  return /^50*$/.test(digits.slice(decimals));
}

function isOddEnding(text: string): boolean {
  return Number(text.at(-1)) % 2 === 1;
}

/** `toFixed` rounds a tie up; the even neighbour is then one step below. */
function stepDown(value: number, decimals: number): number {
  const size = Math.abs(value);
  const scaled = BigInt(size.toFixed(decimals).replace(".", "")) - 1n;
  const digits = scaled.toString().padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  return Number(`${digits.slice(0, cut)}.${digits.slice(cut)}0`) * Math.sign(value);
}

/** `repr(float)`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [mantissa = "", exponent = ""] = value.toExponential().split("e");
    const sign = exponent.startsWith("-") ? "-" : "+";
    return `${mantissa}e${sign}${exponent.replace(/^[+-]/, "").padStart(2, "0")}`;
  }
  const text = String(value);
  return text.includes(".") ? text : `${text}.0`;
}
