/** What a user is to the outside, and which names are good. */
import { z } from "@hono/zod-openapi";
import { pageOf, pageQuery, timestamp } from "../platform/http/schemas.ts";

export const ROLES = ["user", "admin"] as const;

const RESERVED_NAMES: ReadonlySet<string> = new Set(["system"]);

/** Names are compared without regard to case, in one Unicode form. */
export function foldName(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

/** A name has no `@`, so that what a person signs in with is either a name or an address. */
export const username = z.string()
  .min(3, "Must have at least 3 characters")
  .max(32, "Must have at most 32 characters")
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    "Must start with a letter or digit and have only letters, digits, dots, dashes and underscores",
  )
  .refine((name) => !RESERVED_NAMES.has(foldName(name)), "Is reserved: choose another name")
  .openapi({ example: "trader123" });

export const email = z.string().trim().max(254, "Must have at most 254 characters")
  .pipe(z.email("Must be an e-mail address"))
  .openapi({ type: "string", format: "email", example: "trader@example.com" });

export const fullName = z.string().trim().max(200, "Must have at most 200 characters").nullable()
  .openapi({ example: "John Trader" });

export const userIdParam = z.object({
  user_id: z.uuid().openapi({
    param: { name: "user_id", in: "path" },
    example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e",
  }),
});

/** The short form that comes with tokens. */
export const userSummarySchema = z.object({
  id: z.uuid().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" }),
  username: z.string().openapi({ example: "trader123" }),
  email: z.string().openapi({ example: "trader@example.com" }),
  full_name: z.string().nullable().openapi({ example: "John Trader" }),
  is_active: z.boolean().openapi({ example: true }),
}).openapi("UserSummary");

const preferences = z.record(z.string(), z.unknown());

export const userSchema = userSummarySchema.extend({
  role: z.enum(ROLES).openapi({ example: "user" }),
  preferences: preferences.openapi({ example: { theme: "dark", language: "en" } }),
  created_at: timestamp,
  updated_at: timestamp,
}).openapi("User");

export const userPageSchema = pageOf(userSchema, "UserPage");

export const userListQuery = pageQuery.extend({
  is_active: z.enum(["true", "false"]).transform((text) => text === "true").optional().openapi({
    param: { name: "is_active", in: "query" },
    description: "Only users who may sign in, or only disabled ones",
    example: "true",
  }),
  role: z.enum(ROLES).optional().openapi({
    param: { name: "role", in: "query" },
    description: "Only users of this role",
  }),
  search: z.string().trim().min(1).max(100).optional().openapi({
    param: { name: "search", in: "query" },
    description: "Only users with this text in name, e-mail address or full name, in any case",
    example: "trader",
  }),
  email: z.string().max(254).optional().openapi({
    param: { name: "email", in: "query" },
    description: "Only the user with this e-mail address, whatever its case",
    example: "trader@example.com",
  }),
});

export const updateMeSchema = z.object({
  full_name: fullName.optional(),
  preferences: preferences.optional().openapi({
    description: "A merge patch: members given replace, `null` removes, others stay",
    example: { theme: "light" },
  }),
}).openapi("UpdateMe", {
  example: { full_name: "John Updated", preferences: { theme: "light" } },
});

export const updateUserSchema = z.object({
  is_active: z.boolean().optional(),
  role: z.enum(ROLES).optional(),
}).openapi("UpdateUser", { example: { is_active: false } });

export type UserRole = (typeof ROLES)[number];
export type UserSummary = z.infer<typeof userSummarySchema>;
export type User = z.infer<typeof userSchema>;
export type UpdateMe = z.infer<typeof updateMeSchema>;
export type UpdateUser = z.infer<typeof updateUserSchema>;
export type UserListQuery = z.infer<typeof userListQuery>;
