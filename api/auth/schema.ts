/** What signing in takes and gives. */
import { z } from "@hono/zod-openapi";
import { isAddressRange } from "../platform/addresses.ts";
import { pageOf, timestamp } from "../platform/http/schemas.ts";
import { email, fullName, username, userSummarySchema } from "../users/service.ts";
import { SCOPES } from "./scopes.ts";

/** Long enough for any pass phrase, short enough to hash. */
const PASSWORD_LENGTH_MAX = 256;

/** A password that is checked, not chosen: any text within bounds. */
const givenPassword = z.string().min(1, "Must not be empty")
  .max(PASSWORD_LENGTH_MAX, `Must have at most ${PASSWORD_LENGTH_MAX} characters`)
  .openapi({ format: "password", description: "Your password", example: "SecurePass123!" });

export const newPassword = z.string().min(8, "Must have at least 8 characters")
  .max(PASSWORD_LENGTH_MAX, `Must have at most ${PASSWORD_LENGTH_MAX} characters`)
  .openapi({
    format: "password",
    description: "At least 8 characters",
    example: "SecurePass123!",
  });

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
  new_password: newPassword.openapi({ example: "EvenSaferPass456!" }),
}).openapi("ChangePassword");

export const forgotPasswordSchema = z.object({ email }).openapi("ForgotPassword", {
  example: { email: "trader@example.com" },
});

export const resetPasswordSchema = z.object({
  token: token.openapi({
    description: "Out of the mail",
    example: "V2hhdCB0aGUgbWFpbCBoYXMsIGdvb2Qgb25jZSBvbmx5",
  }),
  new_password: newPassword,
}).openapi("ResetPassword");

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

export const sessionSchema = z.object({
  id: z.uuid().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" }),
  created_at: timestamp,
  used_at: timestamp.openapi({ description: "Its latest request, to the minute" }),
  expires_at: timestamp,
  address: z.string().nullable().openapi({
    description: "Where it was signed in from",
    example: "192.0.2.7",
  }),
  user_agent: z.string().nullable().openapi({ example: "Mozilla/5.0 (X11; Linux x86_64)" }),
  current: z.boolean().openapi({ description: "The session that asks", example: true }),
}).openapi("Session");

export const sessionPageSchema = pageOf(sessionSchema, "SessionPage");

const apiTokenName = z.string().trim().min(1, "Must not be empty")
  .max(100, "Must have at most 100 characters").openapi({ example: "Nightly export" });
const apiTokenScopes = z.array(z.enum(SCOPES)).openapi({ example: ["read", "backtest:run"] });
const apiTokenAddresses = z.array(z.string()).openapi({ example: ["192.0.2.7", "10.0.0.0/8"] });

export const createApiTokenSchema = z.object({
  name: apiTokenName,
  scopes: apiTokenScopes.min(1, "Must name at least one scope")
    .max(SCOPES.length, `Must name at most ${SCOPES.length} scopes`).default(["read"]),
  expires_at: z.iso.datetime({ offset: true, error: "Must be an RFC 3339 time" }).optional()
    .openapi({ format: "date-time", example: "2036-01-02T03:04:05Z" }),
  addresses: z.array(
    z.string().refine(isAddressRange, "Must be an address or a range such as 10.0.0.0/8"),
  ).min(1, "Must name at least one address").max(50, "Must name at most 50 addresses").optional()
    .openapi({
      description: "The only addresses and CIDR ranges that may use it; absent: any",
      example: ["192.0.2.7", "10.0.0.0/8"],
    }),
}).openapi("CreateApiToken", {
  example: { name: "Nightly export", scopes: ["read"] },
});

export const apiTokenSchema = z.object({
  id: z.uuid().openapi({ example: "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e" }),
  name: apiTokenName,
  last4: z.string().openapi({ example: "x9Q2" }),
  scopes: apiTokenScopes,
  addresses: apiTokenAddresses.nullable(),
  expires_at: timestamp.nullable(),
  created_at: timestamp,
  used_at: timestamp.nullable().openapi({ description: "Its latest request, to the minute" }),
  used_address: z.string().nullable().openapi({ example: "192.0.2.7" }),
}).openapi("ApiToken");

export const createdApiTokenSchema = apiTokenSchema.extend({
  token: z.string().openapi({
    description: "The secret; shown this once",
    example: "cwk_V2hhdCBhIHByb2dyYW0gc2VuZHMgYXMgYmVhcmVyIHg5UTI",
  }),
}).openapi("CreatedApiToken");

export const apiTokenPageSchema = pageOf(apiTokenSchema, "ApiTokenPage");

export type CreateApiToken = z.infer<typeof createApiTokenSchema>;
export type ApiToken = z.infer<typeof apiTokenSchema>;
export type CreatedApiToken = z.infer<typeof createdApiTokenSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type Register = z.infer<typeof registerSchema>;
export type Login = z.infer<typeof loginSchema>;
export type Refresh = z.infer<typeof refreshSchema>;
export type ChangePassword = z.infer<typeof changePasswordSchema>;
export type ForgotPassword = z.infer<typeof forgotPasswordSchema>;
export type ResetPassword = z.infer<typeof resetPasswordSchema>;
export type Refreshed = z.infer<typeof refreshedSchema>;
export type SignedIn = z.infer<typeof signedInSchema>;
export type RotatedKeys = z.infer<typeof rotatedSchema>;
