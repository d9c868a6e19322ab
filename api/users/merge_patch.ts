/** RFC 7396, with a bound: a merge patch of JSON objects. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** How deep an object may be, so that merging never runs out of stack. */
const DEPTH_MAX = 16;

/**
 * The target with the patch's members replaced, `null` members removed and objects merged.
 *
 * @throws RangeError when the patch is nested too deeply.
 */
export function mergePatch(target: JsonObject, patch: JsonObject, depth = 0): JsonObject {
  if (depth >= DEPTH_MAX) throw new RangeError(`Must be nested at most ${DEPTH_MAX} levels deep`);
  const merged = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else if (isObject(value)) {
      merged.set(name, mergePatch(objectOr(merged.get(name)), value, depth + 1));
    } else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectOr(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
