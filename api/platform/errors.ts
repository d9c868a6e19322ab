/** Expected failures. The union is closed: a new code is a line here and one in `statusOf`. */

export type ErrorCode =
  | "BAD_REQUEST"
  | "VALIDATION_ERROR"
  | "INVALID_CREDENTIALS"
  | "INVALID_TOKEN"
  | "ACCOUNT_DISABLED"
  | "MISSING_SCOPE"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "NAME_TAKEN"
  | "CONFLICT"
  | "VERSION_MISMATCH"
  | "IDEMPOTENCY_KEY_REUSED"
  | "REQUEST_IN_PROGRESS"
  | "BODY_TOO_LARGE"
  | "UPLOAD_INCOMPLETE"
  | "UNSUPPORTED_FORMAT"
  | "STRATEGY_REFUSED"
  | "CANDLES_REFUSED"
  | "NO_CANDLES"
  | "UNKNOWN_SYMBOL"
  | "AMBIGUOUS_SYMBOL"
  | "UNSUPPORTED_OPTION"
  | "UNKNOWN_JOB"
  | "LIMIT_EXCEEDED"
  | "RATE_LIMITED"
  | "DEADLINE_EXCEEDED"
  | "CANCELLED"
  | "OVERLOADED"
  | "DEPENDENCY_DOWN";

/** One refused field of a request: where it is, why it is refused, and a stable type. */
export interface FieldProblem {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

export interface AppErrorOptions {
  /** Private: goes to the log, never to the client. */
  readonly cause?: unknown;
  readonly problems?: readonly FieldProblem[];
  /** Public, structured additions such as candidates or positions. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An expected failure with a public message. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly FieldProblem[] | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.problems = options.problems;
    this.details = options.details;
    this.headers = options.headers;
  }

  get status(): ErrorStatus {
    return statusOf(this.code);
  }
}

export type ErrorStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 408
  | 409
  | 412
  | 413
  | 415
  | 422
  | 429
  | 499
  | 503;

export function statusOf(code: ErrorCode): ErrorStatus {
  switch (code) {
    case "BAD_REQUEST":
    case "UPLOAD_INCOMPLETE":
      return 400;
    case "INVALID_CREDENTIALS":
    case "INVALID_TOKEN":
      return 401;
    case "ACCOUNT_DISABLED":
    case "MISSING_SCOPE":
    case "FORBIDDEN":
      return 403;
    case "NOT_FOUND":
      return 404;
    case "METHOD_NOT_ALLOWED":
      return 405;
    case "DEADLINE_EXCEEDED":
      return 408;
    case "NAME_TAKEN":
    case "CONFLICT":
    case "REQUEST_IN_PROGRESS":
      return 409;
    case "VERSION_MISMATCH":
      return 412;
    case "BODY_TOO_LARGE":
      return 413;
    case "UNSUPPORTED_FORMAT":
      return 415;
    case "VALIDATION_ERROR":
    case "IDEMPOTENCY_KEY_REUSED":
    case "STRATEGY_REFUSED":
    case "CANDLES_REFUSED":
    case "NO_CANDLES":
    case "UNKNOWN_SYMBOL":
    case "AMBIGUOUS_SYMBOL":
    case "UNSUPPORTED_OPTION":
    case "UNKNOWN_JOB":
    case "LIMIT_EXCEEDED":
      return 422;
    case "RATE_LIMITED":
      return 429;
    case "CANCELLED":
      return 499;
    case "OVERLOADED":
    case "DEPENDENCY_DOWN":
      return 503;
  }
}

/** The one answer for a row that does not exist and for one that is not the caller's. */
export function notFound(kind: string): AppError {
  return new AppError("NOT_FOUND", `Cannot find ${kind}: it does not exist or is not yours`);
}

/** A 422 about one field of the request. */
export function invalidField(
  loc: readonly (string | number)[],
  msg: string,
  type = "value_error",
): AppError {
  return new AppError("VALIDATION_ERROR", msg, { problems: [{ loc, msg, type }] });
}
