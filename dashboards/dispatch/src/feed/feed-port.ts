import { Connection, type FeedState } from './connection';
import type { FromWorker, ToWorker } from './feed-worker';

export interface Listener {
  onSnapshot: (data: string) => void;
  onMore: (data: string) => void;
  onTick: (data: string) => void;
  onState: (state: FeedState) => void;
}

/** Opens the feed: through the shared worker where there is one, else by an own stream. @returns a way to start anew. */
export function openFeed(listener: Listener): () => void {
  if (typeof SharedWorker === 'undefined') return openAlone(listener);
  const worker = new SharedWorker(new URL('./feed-worker.ts', import.meta.url), { type: 'module', name: 'field-feed' });
  let alone: (() => void) | undefined;
  worker.onerror = () => {
    alone ??= openAlone(listener);
  };
  const say = (message: ToWorker) => worker.port.postMessage(message);
  worker.port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (alone) return;
    if (data.type === 'state') listener.onState(data.state);
    else if (data.type === 'snapshot') listener.onSnapshot(data.data);
    else if (data.type === 'more') listener.onMore(data.data);
    else listener.onTick(data.data);
  };
  addEventListener('pagehide', () => say('bye'));
  // Back from the browser's page cache: the worker has forgotten this tab.
  addEventListener('pageshow', (event) => event.persisted && location.reload());
  return () => (alone ? alone() : say('restart'));
}

function openAlone(listener: Listener): () => void {
  let connection: Connection | undefined;
  const connect = () => {
    connection?.stop();
    connection = new Connection({
      url: '/api/live',
      open: (url) => new EventSource(url),
      onEvent: (event) => ({ snapshot: listener.onSnapshot, more: listener.onMore, tick: listener.onTick })[event.type](event.data),
      onState: listener.onState,
    });
    connection.start();
  };
  connect();
  return connect;
}
