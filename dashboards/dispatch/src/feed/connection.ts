// Keeps one event stream alive. A browser gives up for good on any answer but 200, so the stream is made anew; while it
// only broke, the browser itself reconnects and resumes by Last-Event-ID.

export type FeedState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'gone'; sinceMs: number };

export interface FeedEvent {
  /** `more` are parts of a snapshot that is too long to wait for. */
  type: 'snapshot' | 'more' | 'tick';
  data: string;
}

export interface ConnectionOptions {
  url: string;
  open: (url: string) => EventSource;
  onEvent: (event: FeedEvent) => void;
  onState: (state: FeedState) => void;
  now?: () => number;
  /** Silence after which the hub counts as gone, ms. */
  silenceMs?: number;
  /** First and longest wait before a new stream, ms. */
  retryMs?: [number, number];
}

export class Connection {
  #options: Required<ConnectionOptions>;
  #source: EventSource | null = null;
  #state: FeedState = { kind: 'connecting' };
  #lastMs: number;
  #wait: number;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = { now: Date.now, silenceMs: 10_000, retryMs: [1000, 10_000], ...options };
    this.#lastMs = this.#options.now();
    this.#wait = this.#options.retryMs[0];
  }

  get state(): FeedState {
    return this.#state;
  }

  start() {
    this.#open();
    this.#watch = setInterval(() => this.#check(), 1000);
  }

  stop() {
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    this.#source?.close();
    this.#source = null;
  }

  #open() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#source?.close();
    const source = this.#options.open(this.#options.url);
    this.#source = source;
    const hear = (event: MessageEvent<string>) => {
      this.#lastMs = this.#options.now();
      this.#wait = this.#options.retryMs[0];
      this.#options.onEvent({ type: event.type as FeedEvent['type'], data: event.data });
      this.#say({ kind: 'live' });
    };
    source.addEventListener('snapshot', hear);
    source.addEventListener('more', hear);
    source.addEventListener('tick', hear);
    source.onerror = () => {
      if (this.#source !== source) return;
      this.#lost();
      // 2 = closed: the browser will not try again.
      if (source.readyState === 2) this.#later();
    };
  }

  #check() {
    if (this.#retry !== undefined || this.#options.now() - this.#lastMs <= this.#options.silenceMs) return;
    this.#lost();
    this.#later();
  }

  #lost() {
    if (this.#state.kind !== 'gone') this.#say({ kind: 'gone', sinceMs: this.#lastMs });
  }

  #later() {
    if (this.#retry !== undefined) return;
    this.#source?.close();
    this.#retry = setTimeout(() => {
      this.#lastMs = Math.max(this.#lastMs, this.#options.now() - this.#options.silenceMs + this.#wait);
      this.#open();
    }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, this.#options.retryMs[1]);
  }

  #say(state: FeedState) {
    if (state.kind === this.#state.kind && state.kind !== 'gone') return;
    this.#state = state;
    this.#options.onState(state);
  }
}
