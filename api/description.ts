/** What the API's own document says before its operations. */
import type { PublishedDocument } from "./system/docs/documents.ts";

const DESCRIPTION = `
Candlewick takes the text of a freqtrade strategy as it is, compiles it without running any Python,
and simulates it trade for trade as freqtrade does.

## First steps

1. **Register an account** (or **Sign in**) and copy \`access_token\` out of the answer.
2. Paste it into **Authentication**. It stays in this browser and is sent with every request.
3. **Store a strategy**, **Create a dataset**, **Import a candle file**, **Submit a backtest**, and
   read the backtest until \`status\` is \`completed\`.

## Conventions

- Money is a decimal string. Times are RFC 3339 in UTC; a request may also name epoch milliseconds.
- Lists are \`{items, total, limit, offset}\`.
- A failure is \`{detail, code, timestamp, request_id}\`, or RFC 9457 with
  \`Accept: application/problem+json\`. \`code\` is stable. A row that is not yours answers 404.
- A write takes an \`Idempotency-Key\`: sent again, it answers what it answered the first time and
  does nothing more.
- An operation names the scope that its token needs. For programs make an API token, which has
  scopes of its own.
- Calls are limited: every answer says in \`RateLimit\` and \`X-RateLimit-*\` what is left, and 429
  in \`Retry-After\` how long to wait.
`;

export const CANDLEWICK_DOCUMENT: PublishedDocument = {
  slug: "candlewick",
  title: "Candlewick",
  path: "/openapi.json",
  description: DESCRIPTION.trim(),
  tags: {
    Authentication: "Registering, signing in, and the tokens that come of it.",
    Users: "Your profile; for admins, everybody's.",
    Strategies:
      "The text of freqtrade strategies. A change makes a new version; a backtest pins one.",
    "Market data": "Datasets, imports, markets and candles.",
    Indicators: "Every function the core computes, over a symbol or over your own columns.",
    Backtests: "Running a strategy over candles, and what came of it.",
    Jobs: "Long work in the background: its state, progress, and what failed for good.",
    Realtime: "Own events over REST, server-sent events and WebSocket.",
    Audit: "Who changed what, and who asked for what.",
    Cache: "What the server remembers for speed, and making it forget.",
    System: "Whether the server is up and ready, its resources and metrics.",
  },
};
