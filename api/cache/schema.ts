import { z } from "@hono/zod-openapi";

function ratio(description: string, example: number) {
  return z.number().min(0).max(1).openapi({ description, example });
}

export const cacheHealthSchema = z.object({
  status: z.enum(["healthy", "degraded"]).openapi({ example: "healthy" }),
  connected: z.boolean().openapi({
    description: "Changes that other processes make arrive here",
    example: true,
  }),
  backend: z.literal("memory").openapi({ description: "Where the entries are", example: "memory" }),
  redis_version: z.null().openapi({
    description: "Null: the caches are each process's own, no Redis is needed",
    example: null,
  }),
}).openapi("CacheHealth");

export type CacheHealth = z.infer<typeof cacheHealthSchema>;

export const cacheStatsSchema = z.object({
  total_keys: z.number().int().openapi({ example: 1250 }),
  memory_used: z.string().openapi({
    description: "Estimated; also as `memory_bytes`",
    example: "15.2MB",
  }),
  memory_bytes: z.number().int().openapi({ example: 15_938_355 }),
  hit_rate: ratio("Of all look-ups since the process started; 0 before the first", 0.85),
  miss_rate: ratio("The other look-ups", 0.15),
  caches: z.array(z.object({
    name: z.string().openapi({ example: "verified-tokens" }),
    keys: z.number().int().openapi({ example: 12 }),
    keys_max: z.number().int().openapi({
      description: "Beyond it the entries used least recently go",
      example: 10_000,
    }),
    memory_bytes: z.number().int().openapi({ example: 8_192 }),
    hits: z.number().int().openapi({ example: 940 }),
    misses: z.number().int().openapi({ example: 12 }),
  })),
}).openapi("CacheStats");

export type CacheStatsAnswer = z.infer<typeof cacheStatsSchema>;

export const patternParam = z.object({
  pattern: z.string().min(1).max(200).openapi({
    param: { name: "pattern", in: "path" },
    description: "`cache:key`, `*` standing for any text: `verified-tokens:*`, or `*` for all",
    example: "verified-tokens:*",
  }),
});

export const purgedSchema = z.object({
  deleted_count: z.number().int().openapi({
    description: "Keys deleted in the process that answers",
    example: 45,
  }),
  pattern: z.string().openapi({ example: "verified-tokens:*" }),
}).openapi("PurgedCacheKeys");

export type PurgedKeys = z.infer<typeof purgedSchema>;
