/** A WebSocket client that follows its owner's events across connections of its own. */
import { pause } from "../../api/platform/clock.ts";

export interface FollowedEvent {
  readonly seq: number;
  readonly type: string;
  readonly resource_id: string;
}

export interface Follower extends AsyncDisposable {
  /** Everything delivered, in the order of delivery. */
  readonly events: readonly FollowedEvent[];
  /** Connections that were opened. */
  readonly connections: number;
  /** Drops the connection; the next one resumes after the last event. */
  reconnect(): void;
  /** Resolves once the event of this number was delivered. */
  until(seq: number): Promise<void>;
}

const AGAIN_MS = 100;
const LOOK_MS = 50;

/** Follows everything from the first event on. */
export function followEvents(url: string, token: string): Follower {
  const events: FollowedEvent[] = [];
  const closing = new AbortController();
  let socket: WebSocket | null = null;
  let connections = 0;
  const running = (async () => {
    while (!closing.signal.aborted) {
      await followOnce(
        `${url.replace("http", "ws")}/api/v1/ws?token=${token}`,
        { after: events.at(-1)?.seq ?? 0, deliver: (event) => void events.push(event) },
        (opened) => {
          socket = opened;
          connections++;
        },
      );
      await pause(AGAIN_MS, closing.signal);
    }
  })();
  return {
    events,
    get connections() {
      return connections;
    },
    reconnect: () => socket?.close(),
    until: async (seq) => {
      while ((events.at(-1)?.seq ?? 0) < seq) await pause(LOOK_MS);
    },
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      socket?.close();
      await running;
    },
  };
}

/** One connection, until it is closed by either side; nothing is taken from it after that. */
async function followOnce(
  url: string,
  { after, deliver }: { after: number; deliver: (event: FollowedEvent) => void },
  onSocket: (socket: WebSocket) => void,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = new WebSocket(url);
  socket.onopen = () => {
    onSocket(socket);
    socket.send(JSON.stringify({ type: "subscribe", topics: ["events"], after }));
  };
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "event" && socket.readyState === WebSocket.OPEN) deliver(message.event);
  };
  socket.onerror = () => resolve();
  socket.onclose = () => resolve();
  await promise;
}
