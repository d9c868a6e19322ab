/** How much memory a value takes, roughly: for figures that people read. */

const OBJECT_BYTES = 32;
const FIELD_BYTES = 8;
/** Deeper parts count as one object each. */
const DEPTH_MAX = 8;

/** Estimated bytes of a value and what it holds; what the runtime hides counts as one object. */
export function weigh(value: unknown, depth = 0): number {
  if (typeof value === "string") return 2 * value.length + OBJECT_BYTES;
  if (typeof value !== "object" || value === null) return FIELD_BYTES;
  if (ArrayBuffer.isView(value)) return value.byteLength + OBJECT_BYTES;
  if (depth >= DEPTH_MAX) return OBJECT_BYTES;
  const held = value instanceof Map
    ? [...value.entries()].flat()
    : value instanceof Set
    ? [...value]
    : Object.values(value);
  return held.reduce<number>(
    (sum, each) => sum + FIELD_BYTES + weigh(each, depth + 1),
    OBJECT_BYTES,
  );
}
