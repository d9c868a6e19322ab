/** Somebody who types what a page says, in a fresh copy of the repository. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { pause } from "../../platform/clock.ts";
import { listRepositoryFiles, REPOSITORY_ROOT } from "../../platform/laws/repository.ts";

const PINNED_DENO = /npx -y deno@[\d.]+ /g;
const READY_MS_MAX = 60_000;

/** How a command that goes on until Ctrl-C is known to be up. */
export interface LongRunning {
  readonly command: RegExp;
  /** A line that it prints; without it `/ready` is asked. */
  readonly line?: string;
  /** It reads `--port` instead of the setting. */
  readonly takesPort?: boolean;
}

export class DocumentReader implements AsyncDisposable {
  /** What the shell knows: `export NAME=…` and what the page says to set. */
  readonly environment: Record<string, string>;
  readonly folder: string;
  readonly port: number;
  /** What the last command printed. */
  answer = "";
  #running: Deno.ChildProcess | null = null;
  #output: Promise<unknown> = Promise.resolve();
  #shown = "";

  constructor(folder: string, port: number) {
    this.folder = folder;
    this.port = port;
    this.environment = {
      ...Deno.env.toObject(),
      PATH: `${dirname(Deno.execPath())}:${Deno.env.get("PATH") ?? ""}`,
      PORT: String(port),
      NO_COLOR: "1",
      CURL_HOME: folder,
      ARGON2_MEMORY_KIB: "8",
      ARGON2_PASSES: "1",
    };
  }

  static async open(): Promise<DocumentReader> {
    const folder = await Deno.makeTempDir({ prefix: "candlewick-reader-" });
    for (const path of [...await listRepositoryFiles(), ...await listBuilt()]) {
      await Deno.mkdir(join(folder, dirname(path)), { recursive: true });
      await Deno.copyFile(join(REPOSITORY_ROOT, path), join(folder, path));
    }
    // A refused request must fail the command, and a progress bar tells nothing here.
    await Deno.writeTextFile(join(folder, ".curlrc"), "fail-with-body\nsilent\nshow-error\n");
    return new DocumentReader(folder, freePort());
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The text with the address that the server has here. */
  local(text: string): string {
    return text.replaceAll("127.0.0.1:8000", `127.0.0.1:${this.port}`);
  }

  /** Runs a command to its end. @throws AssertionError with what it printed when it fails. */
  async type(command: string): Promise<string> {
    const { success, stdout, stderr } = await this.#shell(command).output();
    this.answer = new TextDecoder().decode(stdout);
    assert.ok(success, `${command}\n${this.answer}\n${new TextDecoder().decode(stderr)}`);
    return this.answer;
  }

  /** Starts a command that goes on, after ending the one before, and waits until it is up. */
  async start(command: string, { line, takesPort = false }: LongRunning): Promise<void> {
    const portArgument = takesPort ? ` --port ${this.port}` : "";
    await this.interrupt();
    this.#shown = "";
    this.#running = this.#shell(`exec ${command}${portArgument}`).spawn();
    const { stdout, stderr } = this.#running;
    this.#output = Promise.all([this.#follow(stdout), this.#follow(stderr)]);
    const deadline = AbortSignal.timeout(READY_MS_MAX);
    while (!(line === undefined ? await this.#answers() : this.#shown.includes(line))) {
      assert.ok(!deadline.aborted, `${command} is not up\n${this.#shown}`);
      await pause(100, deadline);
    }
  }

  /** Ctrl-C. */
  async interrupt(): Promise<void> {
    if (this.#running === null) return;
    this.#running.kill("SIGINT");
    const { code } = await this.#running.status;
    await this.#output;
    this.#running = null;
    assert.equal(code, 0, this.#shown);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.interrupt();
    await Deno.remove(this.folder, { recursive: true });
  }

  #shell(command: string): Deno.Command {
    return new Deno.Command("bash", {
      args: ["-c", this.local(command.replaceAll(PINNED_DENO, "deno "))],
      cwd: this.folder,
      env: this.environment,
      clearEnv: true,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
  }

  async #follow(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) this.#shown += chunk;
  }

  async #answers(): Promise<boolean> {
    try {
      const answer = await fetch(`${this.baseUrl}/ready`);
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  }
}

/** The built core, so that a reader does not build it once a page. */
async function listBuilt(): Promise<string[]> {
  const folder = "core-wasm/dist";
  const files = await Array.fromAsync(Deno.readDir(join(REPOSITORY_ROOT, folder)));
  return files.filter(({ isFile }) => isFile).map(({ name }) => `${folder}/${name}`);
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
