/** docs/errors.md: every code with its status and meaning. */
import { ERROR_MEANINGS } from "../platform/error_meanings.ts";
import { type ErrorCode, statusOf } from "../platform/errors.ts";
import { renderMarkdownTable } from "./markdown_table.ts";

const INTRODUCTION = `# Errors

The table is made from the code. A failure is answered with its status and this body; \`code\` is
stable, \`detail\` is for people, and \`request_id\` finds the request in the server's log.

\`\`\`json
{
  "detail": "Cannot find strategy: it does not exist or is not yours",
  "code": "NOT_FOUND",
  "timestamp": "2026-01-02T03:04:05.000Z",
  "request_id": "0199c3a0-5f6e-7c1a-9c66-1f0a2b3c4d5e"
}
\`\`\`

With \`VALIDATION_ERROR\` the \`detail\` is a list of \`{loc, msg, type}\`, one for each field, and
\`errors\` says the same as \`{field, message}\`. With \`Accept: application/problem+json\` the answer is
an RFC 9457 problem whose \`type\` is \`urn:candlewick:error:\` and the code in lower case.

A failure of the server itself is status 500 with the code \`INTERNAL_ERROR\` and no detail. A job
that ended three worker processes fails with \`WORKER_DIED\`; any other failed job has one of the
codes below. How a strategy is refused is in [strategies](strategies.md).`;

const NOT_ANSWERED = 499;

/** The page's text; a test keeps the committed file equal to it. */
export function renderErrorsPage(): string {
  const codes = Object.entries(ERROR_MEANINGS).map(([code, meaning]) => {
    const status = statusOf(code as ErrorCode);
    return { status: status === NOT_ANSWERED ? 400 : status, code, meaning };
  });
  const rows = codes.toSorted((a, b) => a.status - b.status)
    .map(({ status, code, meaning }) => [String(status), `\`${code}\``, `${meaning}.`]);
  return `${INTRODUCTION}\n\n${renderMarkdownTable(["status", "code", "meaning"], rows)}\n`;
}
