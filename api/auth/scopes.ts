/** What a caller may do; every route names the scope it needs. */
export const SCOPES = [
  "read",
  "strategy:write",
  "backtest:run",
  "trade:paper",
  "trade:live",
  "admin",
] as const;

export type Scope = (typeof SCOPES)[number];

export type Role = "user" | "admin";

/** The scopes a signed-in person has by role; API tokens carry their own, narrower list. */
export function scopesOfRole(role: Role): ReadonlySet<Scope> {
  return new Set(role === "admin" ? SCOPES : SCOPES.filter((scope) => scope !== "admin"));
}
