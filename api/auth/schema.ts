/** What signing in takes and gives. */
import { z } from "@hono/zod-openapi";
import { email, fullName, username, userSummarySchema } from "../users/service.ts";

/** Long enough for any pass phrase, short enough to hash. */
const PASSWORD_LENGTH_MAX = 256;

/** A password that is checked, not chosen: any text within bounds. */
const givenPassword = z.string().min(1, "Must not be empty")
  .max(PASSWORD_LENGTH_MAX, `Must have at most ${PASSWORD_LENGTH_MAX} characters`)
  .openapi({ format: "password", example: "SecurePass123!" });

export const newPassword = z.string().min(8, "Must have at least 8 characters")
  .max(PASSWORD_LENGTH_MAX, `Must have at most ${PASSWORD_LENGTH_MAX} characters`)
  .openapi({ format: "password", example: "SecurePass123!" });

export const registerSchema = z.object({
  username,
  email,
  password: newPassword,
  full_name: fullName.optional(),
}).openapi("Register");

export const loginSchema = z.object({
  username: z.string().trim().min(1, "Must not be empty").max(
    254,
    "Must have at most 254 characters",
  )
    .openapi({ description: "The name or the e-mail address", example: "trader123" }),
  password: givenPassword,
}).openapi("Login");

const token = z.string().min(1).max(2_048);

export const refreshSchema = z.object({
  refresh_token: token.openapi({ example: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2ln" }),
}).openapi("Refresh");

export const changePasswordSchema = z.object({
  current_password: givenPassword,
  new_password: newPassword,
}).openapi("ChangePassword");

const access_token = z.string().openapi({
  example: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2ln",
});
const refresh_token = z.string().openapi({
  example: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2ln",
});

export const refreshedSchema = z.object({
  access_token,
  refresh_token: refresh_token.openapi({
    description: "Use it next time; the one sent stays good until then",
  }),
  token_type: z.literal("bearer"),
}).openapi("RefreshedTokens");

export const signedInSchema = z.object({
  access_token,
  refresh_token,
  token_type: z.literal("bearer"),
  user: userSummarySchema,
}).openapi("SignedIn");

export const rotatedSchema = z.object({
  key_id: z.string().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" }),
  valid_key_ids: z.array(z.string()).openapi({
    description: "The new key and the one before it",
  }),
}).openapi("RotatedKeys");

export type Register = z.infer<typeof registerSchema>;
export type Login = z.infer<typeof loginSchema>;
export type Refresh = z.infer<typeof refreshSchema>;
export type ChangePassword = z.infer<typeof changePasswordSchema>;
export type Refreshed = z.infer<typeof refreshedSchema>;
export type SignedIn = z.infer<typeof signedInSchema>;
export type RotatedKeys = z.infer<typeof rotatedSchema>;
