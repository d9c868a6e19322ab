/** What a backup says of itself, first of all its entries. */
import { z } from "zod";

export const MANIFEST_NAME = "manifest.json";
/** The manifest's own checksum, the second entry. */
export const MANIFEST_SUM_NAME = "manifest.sha256";
export const SECRETS_FILE = "secrets.json";
export const MANIFEST_BYTES_MAX = 65_536;

export const manifestSchema = z.object({
  format: z.literal("candlewick-backup"),
  version: z.literal(1),
  created_at: z.iso.datetime(),
  /** The program that wrote it. */
  program: z.string(),
  /** The database's migrations. */
  schema: z.array(z.string()),
  /** The entries that follow, in order. */
  files: z.array(z.object({
    name: z.enum(["candlewick.db", SECRETS_FILE]),
    bytes: z.number().int().min(0),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  })).min(1),
});

export type Manifest = z.infer<typeof manifestSchema>;
