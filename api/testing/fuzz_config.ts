/** Schemathesis' settings for one role. */
import type { FuzzRole } from "./fuzz_people.ts";

/** What an answer is held against; the others judge taste, or need a stateful run. */
const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
];

/** Operations of which only a request within the document's bounds has an answer that ends. */
const ENDLESS = ["streamEvents"];

export interface FuzzConfig {
  readonly url: string;
  readonly seed: number;
  /** Generated requests an operation, beside the examples and the bounds of its values. */
  readonly examples: number;
}

/** The text of a `schemathesis.toml`. */
export function renderConfig(role: FuzzRole, { url, seed, examples }: FuzzConfig): string {
  const lines = [
    `base-url = ${quote(url)}`,
    `seed = ${seed}`,
    "continue-on-failure = true",
    'suppress-health-check = ["all"]',
    "request-timeout = 60",
    `headers = { Authorization = ${quote(`Bearer ${role.token}`)} }`,
    "",
    "[generation]",
    `max-examples = ${examples}`,
    'database = "none"',
    "",
    "[checks]",
    "enabled = false",
    ...CHECKS.map((name) => `${name}.enabled = true`),
  ];
  for (const [operation, authorization] of Object.entries(role.authorizations)) {
    lines.push(...named(operation), `headers = { Authorization = ${quote(authorization)} }`);
  }
  for (const operation of ENDLESS) {
    lines.push(...named(operation), 'generation.mode = "positive"');
  }
  return `${lines.join("\n")}\n`;
}

function named(operationId: string): string[] {
  return ["", "[[operations]]", `include-operation-id = ${quote(operationId)}`];
}

function quote(text: string): string {
  return JSON.stringify(text);
}
