import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connection, type FeedEvent, type FeedState } from '../../dispatch/src/feed/connection';

class Stream extends EventTarget {
  static all: Stream[] = [];
  readyState = 0;
  onerror: (() => void) | null = null;
  constructor() {
    super();
    Stream.all.push(this);
  }
  close() {
    this.readyState = 2;
  }
  say(type: string, data = '{}') {
    this.readyState = 1;
    this.dispatchEvent(Object.assign(new Event(type), { data }));
  }
  fail(closed: boolean) {
    this.readyState = closed ? 2 : 0;
    this.onerror?.();
  }
}

let states: FeedState[];
let events: FeedEvent[];
let connection: Connection;
const last = () => Stream.all.at(-1) as Stream;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  Stream.all = [];
  states = [];
  events = [];
  connection = new Connection({
    url: '/api/live', open: () => new Stream() as unknown as EventSource,
    onEvent: (e) => events.push(e), onState: (s) => states.push(s),
  });
  connection.start();
});
afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

test('Parts that follow a snapshot are told as such', () => {
  for (const type of ['snapshot', 'more', 'tick']) last().say(type, type);
  expect(events).toEqual(['snapshot', 'more', 'tick'].map((type) => ({ type, data: type })));
});

test('Events arrive and the feed is live', () => {
  last().say('snapshot', '{"boot":"a"}');
  last().say('tick');
  expect(events.map((e) => e.type)).toEqual(['snapshot', 'tick']);
  expect(states).toEqual([{ kind: 'live' }]);
});

test('A stream that only broke is left to the browser', () => {
  last().say('tick');
  last().fail(false);
  vi.advanceTimersByTime(3000);
  expect(Stream.all).toHaveLength(1);
  expect(states.at(-1)).toEqual({ kind: 'gone', sinceMs: 1_000_000 });
  last().say('tick');
  expect(states.at(-1)).toEqual({ kind: 'live' });
});

test('A refused stream is made anew, with growing waits', () => {
  last().fail(true);
  vi.advanceTimersByTime(1000);
  expect(Stream.all).toHaveLength(2);
  last().fail(true);
  vi.advanceTimersByTime(1999);
  expect(Stream.all).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(Stream.all).toHaveLength(3);
});

test('Silence counts as gone since the last word, and a new stream is tried', () => {
  vi.advanceTimersByTime(5000);
  last().say('tick');
  vi.advanceTimersByTime(11_000);
  expect(states.at(-1)).toEqual({ kind: 'gone', sinceMs: 1_005_000 });
  vi.advanceTimersByTime(2000);
  expect(Stream.all.length).toBeGreaterThan(1);
});

test('The time of loss stays while attempts fail', () => {
  last().say('tick');
  for (let i = 0; i < 5; i++) {
    last().fail(true);
    vi.advanceTimersByTime(10_000);
  }
  expect(states.filter((s) => s.kind === 'gone')).toEqual([{ kind: 'gone', sinceMs: 1_000_000 }]);
  last().say('snapshot');
  expect(states.at(-1)).toEqual({ kind: 'live' });
});

test('A stopped connection opens nothing more', () => {
  last().fail(true);
  connection.stop();
  vi.advanceTimersByTime(60_000);
  expect(Stream.all).toHaveLength(1);
});
