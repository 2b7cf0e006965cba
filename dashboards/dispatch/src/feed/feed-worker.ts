// One event stream for all tabs of this page: over HTTP/1.1 a browser has six connections to a host, and each stream
// would hold one for good.
import { Connection, type FeedState } from './connection';
import { Picture } from './picture';

/** What the worker tells a tab. `data` is the hub's JSON as it came. */
export type FromWorker =
  | { type: 'snapshot' | 'more' | 'tick'; data: string }
  | { type: 'state'; state: FeedState };

/** What a tab tells the worker. */
export type ToWorker = 'bye' | 'restart';

const ports = new Set<MessagePort>();
const picture = new Picture();
let connection: Connection | null = null;

function tell(message: FromWorker) {
  for (const port of ports) port.postMessage(message);
}

function connect() {
  connection?.stop();
  connection = new Connection({
    url: '/api/live',
    open: (url) => new EventSource(url),
    onEvent: (event) => {
      // First: the tabs read it while this thread does.
      tell(event);
      const body = JSON.parse(event.data);
      if (event.type === 'snapshot') picture.applySnapshot(body);
      else picture.apply(body);
    },
    onState: (state) => tell({ type: 'state', state }),
  });
  connection.start();
}

const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void };
scope.onconnect = (event) => {
  const port = event.ports[0];
  if (!port) return;
  ports.add(port);
  port.onmessage = (message: MessageEvent<ToWorker>) => {
    if (message.data === 'restart') connect();
    else {
      ports.delete(port);
      if (ports.size === 0) {
        connection?.stop();
        connection = null;
      }
    }
  };
  if (!connection) connect();
  else {
    if (picture.boot) port.postMessage({ type: 'snapshot', data: JSON.stringify(picture.toSnapshot()) } satisfies FromWorker);
    port.postMessage({ type: 'state', state: connection.state } satisfies FromWorker);
  }
};
