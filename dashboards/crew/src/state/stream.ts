// The vehicle's state as its computer streams it. Nothing of it is kept here: what is shown is what came last.
import { signal } from '@preact/signals';
import type { ConsoleState } from './shapes';

const SILENT_MS = 12_000;
const AGAIN_MS = 1000;

export const state = signal<ConsoleState | null>(null);

/** Since when the vehicle computer has not answered, Unix milliseconds; null while it does. */
export const goneSince = signal<number | null>(null);

/** The moment, for clocks and target dates. */
export const now = signal(Date.now());

let source: EventSource | null = null;
let heard = 0;

export function startStream() {
  setInterval(tend, AGAIN_MS);
  connect();
}

function connect() {
  source?.close();
  const mine = new EventSource('/console/events');
  source = mine;
  mine.addEventListener('state', (e) => {
    const fresh = JSON.parse((e as MessageEvent<string>).data) as ConsoleState;
    hear();
    state.value = fresh;
  });
  mine.addEventListener('beat', hear);
  mine.onerror = () => {
    goneSince.value ??= Date.now();
  };
}

function hear() {
  heard = Date.now();
  goneSince.value = null;
}

function tend() {
  now.value = Date.now();
  if (heard > 0 && now.value - heard > SILENT_MS) goneSince.value ??= heard;
  // A source that was refused does not try again by itself, and one on a dead line does not notice.
  if (source?.readyState === EventSource.CLOSED || (goneSince.value !== null && now.value - heard > SILENT_MS && now.value % 5000 < AGAIN_MS)) connect();
}
