// The live picture as signals. Lists read versions and re-read the maps; the map's canvas reads the picture directly.
import { computed, signal } from '@preact/signals';
import type { FeedState } from './connection';
import { openFeed } from './feed-port';
import { type Changes, Picture } from './picture';
import type { Counts, CrewAlert, CrewSummary, OrderSummary, RequestSummary, Unit } from './shapes';

export const picture = new Picture();

export interface NewsItem {
  key: number;
  atMs: number;
  request: RequestSummary;
  first: boolean;
}

const NEWS_KEPT = 40;

export const units = signal<Unit[]>([]);
export const requests = signal<RequestSummary[]>([]);
export const orders = signal<OrderSummary[]>([]);
export const crews = signal<CrewSummary[]>([]);
export const crewAlerts = signal<CrewAlert[]>([]);
export const counts = signal<Counts>(picture.counts);
export const news = signal<NewsItem[]>([]);
export const feedState = signal<FeedState>({ kind: 'connecting' });
export const arrived = signal(false);

/** The hub's clock minus this browser's, ms: the largest seen is the one with the least delay. */
let clockOffset = Number.NEGATIVE_INFINITY;
/** When the last tick came, on this browser's clock, and how long it took beyond the quickest. */
export const pulse = { lastMs: 0, delayMs: 0 };
let newsKeys = 0;

/** Now on the hub's clock. */
export function hubNow(): number {
  return Date.now() + (Number.isFinite(clockOffset) ? clockOffset : 0);
}

/** Beats twice a second, for ages and countdowns. */
export const beat = signal(Date.now());
setInterval(() => {
  beat.value = hubNow();
}, 500);

const changeListeners = new Set<(changes: Changes) => void>();
export function onChange(listener: (changes: Changes) => void): () => void {
  changeListeners.add(listener);
  return () => changeListeners.delete(listener);
}

export const unitById = computed(() => new Map(units.value.map((u) => [u.id, u])));
export const crewById = computed(() => new Map(crews.value.map((c) => [c.id, c])));
export const requestByNumber = computed(() => new Map(requests.value.map((r) => [r.number, r])));

export function startCity(): () => void {
  return openFeed({
    onSnapshot: (data) => {
      later.length = 0;
      take(picture.applySnapshot(JSON.parse(data)));
    },
    onMore: (data) => {
      later.push(data);
      if (later.length === 1) soon();
    },
    onTick: (data) => take(picture.apply(JSON.parse(data))),
    onState: (state) => {
      feedState.value = state;
      if (state.kind === 'gone') clockOffset = Number.NEGATIVE_INFINITY;
    },
  });
}

/** Ticks may change requests ten times a second; sorting thousands of them as often would be all that the page does. */
const REQUESTS_EVERY_MS = 300;
let requestsTold = 0;
let telling: ReturnType<typeof setTimeout> | undefined;

function tellRequests() {
  if (telling !== undefined) return;
  const tell = () => {
    telling = undefined;
    requestsTold = Date.now();
    requests.value = [...picture.requests.values()];
  };
  const rest = requestsTold + REQUESTS_EVERY_MS - Date.now();
  if (rest <= 0) tell();
  else telling = setTimeout(tell, Math.min(rest, REQUESTS_EVERY_MS));
}

/** Parts of a snapshot that wait: one with each frame, so that what is there can be seen and used meanwhile. */
const later: string[] = [];

function soon() {
  const next = () => {
    const data = later.shift();
    if (data === undefined) return;
    picture.add(JSON.parse(data));
    tellRequests();
    if (later.length > 0) soon();
  };
  // A page that nobody sees has no frames.
  if (document.hidden) setTimeout(next);
  else requestAnimationFrame(() => setTimeout(next));
}

function take(changes: Changes) {
  const now = Date.now();
  const offset = picture.at - now;
  // A worker's repeat of an old picture must not set the clock.
  if (offset > clockOffset || Math.abs(offset - clockOffset) > 60_000) clockOffset = offset;
  pulse.lastMs = now;
  pulse.delayMs = Math.max(0, clockOffset - offset);
  if (changes.units) units.value = [...picture.units.values()];
  if (changes.requests) tellRequests();
  if (changes.orders) orders.value = [...picture.orders.values()];
  if (changes.alerts) crewAlerts.value = [...picture.alerts.values()].filter((a) => a.kind === 'duress');
  if (changes.crews) crews.value = [...picture.crews.values()];
  if (changes.counts) counts.value = picture.counts;
  if (changes.news.length > 0) {
    const fresh = changes.news.map(({ before, after }) => ({
      key: ++newsKeys, atMs: picture.at, request: after, first: before === undefined,
    }));
    news.value = [...fresh.reverse(), ...news.value].slice(0, NEWS_KEPT);
  }
  arrived.value = true;
  for (const listener of changeListeners) listener(changes);
}
