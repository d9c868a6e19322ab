/** WebSocket clients that follow what is theirs while a server is under load. */
import type { Person } from "../../workers/testing/fleet.ts";

export interface LoadSockets extends Disposable {
  /** Messages received so far. */
  readonly received: number;
  /** Connections that were closed by the server, and subscriptions it refused. */
  readonly failures: number;
}

/** Opens the sockets, spread over the people, each subscribed to its owner's events. */
export async function openSockets(
  url: string,
  people: readonly Person[],
  count: number,
): Promise<LoadSockets> {
  const tally = { received: 0, failures: 0, isOver: false };
  const sockets: WebSocket[] = [];
  for (let at = 0; at < count; at++) {
    const person = people[at % people.length];
    if (person !== undefined) sockets.push(await openSocket(url, person, tally));
  }
  return {
    get received() {
      return tally.received;
    },
    get failures() {
      return tally.failures;
    },
    [Symbol.dispose]() {
      tally.isOver = true;
      for (const socket of sockets) socket.close();
    },
  };
}

async function openSocket(
  url: string,
  { token }: Person,
  tally: { received: number; failures: number; isOver: boolean },
): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/ws?token=${token}`);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.onopen = () => socket.send('{"type":"subscribe","topics":["events"],"id":1}');
  socket.onmessage = ({ data }) => {
    tally.received++;
    if (data.startsWith('{"type":"ping"')) socket.send('{"type":"pong"}');
    if (data.startsWith('{"type":"ack"')) resolve();
    if (data.startsWith('{"type":"error"')) reject(new Error(data));
  };
  socket.onclose = () => {
    if (!tally.isOver) tally.failures++;
    reject(new Error("The server closed a WebSocket"));
  };
  await promise;
  return socket;
}
