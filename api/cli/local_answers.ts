/** What commands that speak to the API ask with and read from its answers. */
import { z } from "zod";

/** A query string of the values that were given. */
export function queryOf(values: Readonly<Record<string, string | boolean | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => typeof value === "string");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** The message of an error answer. */
export function detailOf(body: unknown): string {
  const schema = z.object({
    detail: z.union([z.string(), z.array(z.object({ msg: z.string() }))]),
  });
  const parsed = schema.safeParse(body);
  if (!parsed.success) return JSON.stringify(body);
  const { detail } = parsed.data;
  return typeof detail === "string" ? detail : detail.map(({ msg }) => msg).join("; ");
}
