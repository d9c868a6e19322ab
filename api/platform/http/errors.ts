/** Every failure as an answer: the documents' shape, or RFC 9457 when the client asks for it. */
import { AppError, type FieldProblem } from "../errors.ts";

export interface ErrorAnswer {
  readonly requestId: string;
  readonly now: string;
  readonly accept: string | null;
  readonly path: string;
}

const NO_BODY_STATUS = 499;

/** Turns anything thrown into an answer; an unknown error never shows its message. */
export function errorResponse(err: unknown, answer: ErrorAnswer): Response {
  const known = toAppError(err);
  const status = known?.status ?? 500;
  const wanted = answer.accept?.includes("application/problem+json") ?? false;
  const body = bodyOf(known, answer);
  const headers = new Headers(known?.headers);
  headers.set("Content-Type", wanted ? "application/problem+json" : "application/json");
  const text = JSON.stringify(wanted ? toProblem(body, status, answer) : body);
  return new Response(text, { status: status === NO_BODY_STATUS ? 400 : status, headers });
}

interface ErrorBody {
  readonly detail: string | readonly FieldProblem[];
  readonly code: string;
  readonly timestamp: string;
  readonly request_id: string;
  readonly [member: string]: unknown;
}

function bodyOf(err: AppError | null, { requestId, now }: ErrorAnswer): ErrorBody {
  const common = { timestamp: now, request_id: requestId };
  if (err === null) return { detail: "Internal error", code: "INTERNAL_ERROR", ...common };
  const { problems } = err;
  return {
    detail: problems ?? err.message,
    code: err.code,
    ...common,
    ...(problems === undefined ? {} : {
      errors: problems.map(({ loc, msg }) => ({ field: loc.slice(1).join("."), message: msg })),
    }),
    ...err.details,
  };
}

function toProblem(body: ErrorBody, status: number, { path }: ErrorAnswer) {
  const detail = typeof body.detail === "string"
    ? body.detail
    : body.detail.map(({ loc, msg }) => `${loc.join(".")}: ${msg}`).join("; ");
  return {
    ...body,
    type: typeOf(body.code),
    title: body.code.toLowerCase().replaceAll("_", " "),
    status,
    detail,
    instance: path,
    ...(body.violated_policies === undefined
      ? {}
      : { "violated-policies": body.violated_policies }),
  };
}

/** A refused quota has a type of its own in the IETF draft on rate limit headers. */
function typeOf(code: string): string {
  return code === "RATE_LIMITED"
    ? "https://iana.org/assignments/http-problem-types#quota-exceeded"
    : `urn:candlewick:error:${code.toLowerCase()}`;
}

/** Failures of the runtime and of libraries that mean something to the client. */
export function toAppError(err: unknown): AppError | null {
  if (err instanceof AppError) return err;
  if (!(err instanceof Error)) return null;
  if (isHttpException(err)) return fromHttpException(err);
  if (err.name === "TimeoutError") {
    return new AppError("DEADLINE_EXCEEDED", "Cannot answer in time: the deadline has passed", {
      cause: err,
    });
  }
  if (isDatabaseDown(err)) {
    return new AppError("DEPENDENCY_DOWN", "Cannot reach the database: try again shortly", {
      cause: err,
      headers: { "Retry-After": "1" },
    });
  }
  return null;
}

function isHttpException(err: Error): err is Error & { status: number } {
  return "getResponse" in err && "status" in err && typeof err.status === "number";
}

function fromHttpException(err: Error & { status: number }): AppError {
  if (err.status === 413) {
    return new AppError("BODY_TOO_LARGE", "Cannot take the request: its body is too large");
  }
  return new AppError("BAD_REQUEST", "Cannot read the request: its body is not valid JSON", {
    cause: err,
  });
}

/** Codes of @libsql/client that say the database could not be reached or was busy too long. */
function isDatabaseDown(err: Error): boolean {
  const code = "code" in err ? String(err.code) : "";
  return /^(SERVER_ERROR|HRANA_WEBSOCKET_ERROR|SQLITE_BUSY|ECONNREFUSED)/.test(code) ||
    (err instanceof TypeError && /fetch failed|error sending request|connect/i.test(err.message));
}
