/** Guards against lost updates: the version a client read, out of its If-Match header. */
import { AppError } from "../errors.ts";

/** @returns undefined without the header or with `*`. @throws AppError 412 for a foreign tag. */
export function parseIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === "*") return undefined;
  const match = /^(?:W\/)?"(\d{1,9})(?:-[\w-]{1,64})?"$/.exec(header.trim());
  if (match === null) {
    throw new AppError("VERSION_MISMATCH", `Cannot update: If-Match "${header}" names no version`);
  }
  return Number(match[1]);
}
