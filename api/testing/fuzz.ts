/**
 * Fuzzes the whole API with schemathesis, as a user and as an admin:
 *
 * `deno run -A api/testing/fuzz.ts [--schemathesis st] [--examples 20] [--seed 1] [--out DIR]`
 *
 * It starts a server on an empty data directory, lays rows for both roles, and writes for each an
 * OpenAPI document whose parameters name those rows, with schemathesis' settings beside it. What a
 * role would lose its own session by is asked for by others. The table of all answers comes last;
 * it fails for a finding, a 5xx, an operation without any 2xx, or fewer than 30 % of them.
 */
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readLocalSecrets } from "../platform/local_secrets.ts";
import { type RunningServer, startServer } from "../server.ts";
import { testSettings } from "../testing.ts";
import { renderConfig } from "./fuzz_config.ts";
import { narrowDocument, type OpenApiDocument } from "./fuzz_document.ts";
import { countAnswers, type Histogram, judge, renderHistogram } from "./fuzz_histogram.ts";
import { type FuzzRole, layOwner, layRole } from "./fuzz_people.ts";
import { openSocket, runWaitingJobs } from "./fuzz_rest.ts";

interface FuzzOptions {
  readonly schemathesis: string;
  readonly examples: number;
  readonly seed: number;
  readonly out: string;
}

const PHASES = "examples,coverage,fuzzing";
const GOOD_RATIO_LEAST = 0.3;

/** Signs by new keys end the tokens of the run, so it comes alone, last, with an API token. */
const LAST_OPERATION = "rotateSigningKeys";
const SOCKET = "GET /api/v1/ws";

const SETTINGS = {
  ACCESS_TOKEN_MINUTES: "1440",
  LOGIN_ATTEMPTS_PER_MINUTE: "100000",
  RATE_LIMITS: "off",
};

if (import.meta.main) Deno.exit(await fuzz(readOptions(Deno.args)) ? 0 : 1);

function readOptions(args: string[]): FuzzOptions {
  const { values } = parseArgs({
    args,
    options: {
      schemathesis: { type: "string", default: "st" },
      examples: { type: "string", default: "20" },
      seed: { type: "string", default: "1" },
      out: { type: "string" },
    },
  });
  return {
    schemathesis: values.schemathesis,
    examples: Number(values.examples),
    seed: Number(values.seed),
    out: values.out !== undefined
      ? resolve(values.out)
      : Deno.makeTempDirSync({ prefix: "candlewick-fuzz-" }),
  };
}

/** Answers whether all went well. */
async function fuzz(options: FuzzOptions): Promise<boolean> {
  const { out } = options;
  const dataDir = join(out, "data");
  await Deno.mkdir(out, { recursive: true });
  let server = await startServer(settingsOf(dataDir, "yes"), { withSimulatedMarket: true });
  const owners = [
    await layOwner(urlOf(server), "user", dataDir),
    await layOwner(urlOf(server), "admin", dataDir),
  ];
  await server.stop();
  const { port } = server.address;
  server = await startServer(settingsOf(dataDir, "no", port));
  const url = urlOf(server);
  const document: OpenApiDocument = await (await fetch(`${url}/openapi.json`)).json();
  const roles = new Map<string, Histogram>();
  let isGood = true;
  for (const owner of owners) {
    const role = await forAdmin(await layRole(url, owner), { url, dataDir });
    await writeRole(role, { url, document, options });
    await openSocket(url, role.token);
    const { histogram, passed } = await runRole(role, options);
    histogram.get(SOCKET)?.set(101, 1);
    roles.set(role.name, histogram);
    isGood &&= passed;
  }
  await server.stop();
  server = await startServer(settingsOf(dataDir, "yes", port));
  isGood = await runWaitingJobs(urlOf(server), owners) && isGood;
  await server.stop();
  return report(roles) && isGood;
}

/** The first server takes a free port; those after it keep it. */
function settingsOf(dataDir: string, RUN_JOBS: "yes" | "no", port = 0) {
  return testSettings(dataDir, { ...SETTINGS, RUN_JOBS, PORT: String(port) });
}

function urlOf({ address }: RunningServer): string {
  return `http://127.0.0.1:${address.port}`;
}

/** What an admin asks by other means: as a command on this machine, and by an API token. */
async function forAdmin(
  role: FuzzRole,
  { url, dataDir }: { url: string; dataDir: string },
): Promise<FuzzRole> {
  if (role.name !== "admin") return role;
  const secrets = await readLocalSecrets(dataDir) ?? assert.fail();
  const answer = await fetch(`${url}/api/v1/auth/tokens`, {
    method: "POST",
    headers: { Authorization: `Bearer ${role.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "rotation", scopes: ["admin"] }),
  });
  const { token } = await answer.json();
  return {
    ...role,
    authorizations: {
      ...role.authorizations,
      copyDatabase: `Local ${secrets.localToken}`,
      [LAST_OPERATION]: `Bearer ${token}`,
    },
  };
}

async function writeRole(
  role: FuzzRole,
  { url, document, options }: { url: string; document: OpenApiDocument; options: FuzzOptions },
): Promise<void> {
  const { out, seed, examples } = options;
  const narrowed = JSON.stringify(narrowDocument(document, role.values), null, 2);
  await Deno.writeTextFile(join(out, `${role.name}.json`), `${narrowed}\n`);
  const config = renderConfig(role, { url, seed, examples });
  await Deno.writeTextFile(join(out, `${role.name}.toml`), config);
}

async function runRole(
  { name }: FuzzRole,
  options: FuzzOptions,
): Promise<{ histogram: Histogram; passed: boolean }> {
  const histogram: Histogram = new Map();
  let passed = true;
  for (
    const filter of [
      `--exclude-operation-id=${LAST_OPERATION}`,
      `--include-operation-id=${LAST_OPERATION}`,
    ]
  ) {
    const { out, schemathesis } = options;
    const record = join(out, `${name}${filter.includes("include") ? "-last" : ""}.ndjson`);
    const { code } = await new Deno.Command(schemathesis, {
      args: [
        ...["--config-file", join(out, `${name}.toml`), "run", join(out, `${name}.json`)],
        ...["--phases", PHASES, filter, "--report", "ndjson", "--report-ndjson-path", record],
      ],
      cwd: out,
      stdout: "inherit",
      stderr: "inherit",
    }).output();
    passed &&= code === 0;
    countAnswers(await Deno.readTextFile(record), histogram);
  }
  return { histogram, passed };
}

function report(roles: ReadonlyMap<string, Histogram>): boolean {
  const verdict = judge([...roles.values()]);
  console.log(renderHistogram(roles));
  console.log(
    `\n${verdict.requests} requests, ${(verdict.goodRatio * 100).toFixed(1)} % answered 2xx, ` +
      `${verdict.serverErrors} by 5xx, ${verdict.unanswered} not at all; operations without 2xx: ` +
      `${verdict.neverGood.join(", ") || "none"}`,
  );
  return verdict.goodRatio >= GOOD_RATIO_LEAST && verdict.serverErrors === 0 &&
    verdict.unanswered === 0 && verdict.neverGood.length === 0;
}
