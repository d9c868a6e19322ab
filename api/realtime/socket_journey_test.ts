import assert from "node:assert/strict";
import { startServer } from "../server.ts";
import { testSettings } from "../testing.ts";

interface Client {
  readonly socket: WebSocket;
  readonly seen: Message[];
  next(isWanted: (message: Message) => boolean): Promise<Message>;
  send(message: unknown): void;
  close(): Promise<CloseEvent>;
}

// deno-lint-ignore no-explicit-any -- a test looks at messages as a client without types does
type Message = any;

interface Person {
  readonly token: string;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Message>;
}

async function withServer(
  work: (
    server: { url: string; ws: string; person: (name: string) => Promise<Person> },
  ) => Promise<void>,
): Promise<void> {
  const dataDir = await Deno.makeTempDir({ prefix: "candlewick-ws-" });
  const server = await startServer(testSettings(dataDir, { PORT: "0" }), { drainMs: 500 });
  const url = `http://127.0.0.1:${server.address.port}`;
  const call = async (token: string | null, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        "Content-Type": "application/json",
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return text === "" ? null : JSON.parse(text);
  };
  const person = async (username: string): Promise<Person> => {
    const account = {
      username,
      email: `${username}@example.com`,
      password: `${username} password`,
    };
    const { access_token: token } = await call(null, "POST", "/api/v1/auth/register", account);
    return { token, call: (method, path, body) => call(token, method, path, body) };
  };
  try {
    await work({ url, ws: url.replace("http", "ws"), person });
  } finally {
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
}

function connect(url: string): Promise<Client> {
  const { promise, resolve, reject } = Promise.withResolvers<Client>();
  const socket = new WebSocket(url);
  const seen: Message[] = [];
  const waiting: {
    isWanted: (message: Message) => boolean;
    resolve: (message: Message) => void;
  }[] = [];
  const closed = Promise.withResolvers<CloseEvent>();
  socket.onclose = (event) => closed.resolve(event);
  socket.onerror = () => reject(new Error("the socket did not open"));
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    seen.push(message);
    const index = waiting.findIndex(({ isWanted }) => isWanted(message));
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(message);
  };
  socket.onopen = () =>
    resolve({
      socket,
      seen,
      next: (isWanted) => {
        const known = seen.find(isWanted);
        if (known !== undefined) return Promise.resolve(known);
        return new Promise((found) => waiting.push({ isWanted, resolve: found }));
      },
      send: (message) =>
        socket.send(typeof message === "string" ? message : JSON.stringify(message)),
      close: () => {
        socket.close();
        return closed.promise;
      },
    });
  return promise;
}

function strategy(name: string) {
  return { name, description: "", code: `# ${name}` };
}

Deno.test("A socket shows each own event once and in order, across a reconnect", async () => {
  await withServer(async ({ ws, person }) => {
    const ann = await person("ann");
    const bob = await person("bob");
    const first = await connect(`${ws}/api/v1/ws?token=${ann.token}`);
    const welcome = await first.next(({ type }) => type === "welcome");
    first.send({ type: "subscribe", id: 1, topics: ["events"], after: welcome.seq });
    await first.next(({ type, id }) => type === "ack" && id === 1);
    await ann.call("POST", "/api/v1/strategies", strategy("one"));
    await bob.call("POST", "/api/v1/strategies", strategy("of bob"));
    const one = await first.next(({ type }) => type === "event");
    assert.equal(one.event.data.name, "one");
    await first.close();
    await ann.call("POST", "/api/v1/strategies", strategy("two"));
    const second = await connect(`${ws}/api/v1/ws?token=${ann.token}`);
    second.send({ type: "subscribe", topics: ["events"], after: one.event.seq });
    await second.next(({ event }) => event?.data.name === "two");
    await ann.call("POST", "/api/v1/strategies", strategy("three"));
    await second.next(({ event }) => event?.data.name === "three");
    const names = second.seen.filter(({ type }) => type === "event")
      .map(({ event }) => event.data.name);
    assert.deepEqual(names, ["two", "three"]);
    await second.close();
  });
});

Deno.test("A ticket opens one socket and no second one", async () => {
  await withServer(async ({ url, ws, person }) => {
    const ann = await person("ann");
    const { ticket } = await ann.call("POST", "/api/v1/ws/tickets");
    const socket = await connect(`${ws}/api/v1/ws?token=${ticket}`);
    await socket.next(({ type }) => type === "welcome");
    await socket.close();
    await assert.rejects(connect(`${ws}/api/v1/ws?token=${ticket}`));
    const plain = await fetch(`${url}/api/v1/ws`);
    assert.equal(plain.status, 400);
    await plain.body?.cancel();
  });
});

Deno.test("A first message signs in, and a wrong one closes", async () => {
  await withServer(async ({ ws, person }) => {
    const ann = await person("ann");
    const socket = await connect(`${ws}/api/v1/ws`);
    socket.send({ type: "subscribe", topics: ["events"] });
    const refused = await socket.next(({ type }) => type === "error");
    assert.equal(refused.code, "INVALID_TOKEN");
    socket.send({ type: "auth", token: ann.token });
    await socket.next(({ type }) => type === "welcome");
    await socket.close();
    const other = await connect(`${ws}/api/v1/ws`);
    const closed = new Promise<CloseEvent>((resolve) => other.socket.onclose = resolve);
    other.send({ type: "auth", token: "nonsense" });
    assert.equal((await closed).code, 4401);
  });
});

Deno.test("Broken frames, strangers' topics and 10,000 subscriptions each get a clear error", async () => {
  await withServer(async ({ ws, person }) => {
    const ann = await person("ann");
    const bob = await person("bob");
    const { id } = await ann.call("POST", "/api/v1/strategies", strategy("mine"));
    const socket = await connect(`${ws}/api/v1/ws?token=${bob.token}`);
    socket.send("{broken");
    assert.equal((await socket.next(({ code }) => code === "BAD_REQUEST")).type, "error");
    socket.send({ type: "subscribe", id: "theirs", topics: [`strategy:${id}`, "nothing:else"] });
    const theirs = await socket.next(({ topic }) => topic === `strategy:${id}`);
    assert.equal(theirs.code, "NOT_FOUND");
    const unknown = await socket.next(({ topic }) => topic === "nothing:else");
    assert.equal(unknown.code, "VALIDATION_ERROR");
    const topics = Array.from(
      { length: 10_000 },
      (_, index) => `strategy:00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    );
    socket.send({ type: "subscribe", id: "many", topics });
    await socket.next((message) => message.id === "many" && message.type === "error");
    socket.send({ type: "ping", id: "alive" });
    await socket.next((message) => message.type === "pong" && message.id === "alive");
    await socket.close();
  });
});

Deno.test("A socket is closed when its user is signed out everywhere", async () => {
  await withServer(async ({ ws, person }) => {
    const ann = await person("ann");
    const socket = await connect(`${ws}/api/v1/ws?token=${ann.token}`);
    await socket.next(({ type }) => type === "welcome");
    const closed = new Promise<CloseEvent>((resolve) => socket.socket.onclose = resolve);
    await ann.call("POST", "/api/v1/auth/logout");
    assert.equal((await closed).code, 4401);
  });
});

Deno.test("Server-sent events resume after Last-Event-ID", async () => {
  await withServer(async ({ url, person }) => {
    const ann = await person("ann");
    await ann.call("POST", "/api/v1/strategies", strategy("one"));
    const { items } = await ann.call("GET", "/api/v1/events");
    await ann.call("POST", "/api/v1/strategies", strategy("two"));
    const answer = await fetch(`${url}/api/v1/events/stream`, {
      headers: { Authorization: `Bearer ${ann.token}`, "Last-Event-ID": String(items.at(-1).seq) },
    });
    assert.equal(answer.headers.get("Content-Type"), "text/event-stream");
    const reader = (answer.body ?? assert.fail()).pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes("\n\n")) text += (await reader.read()).value ?? assert.fail("it ended");
    assert.match(text, /^event: strategy\.created\n/m);
    assert.match(text, new RegExp(`^id: ${items.at(-1).seq + 1}$`, "m"));
    assert.match(text, /"name":"two"/);
    await reader.cancel();
  });
});
