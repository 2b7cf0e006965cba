// A day of the past on the map: tracks as they were driven, at a moment that the reader chooses.
import { computed, signal } from '@preact/signals';

/** Parallel columns in the order of time, as the hub sends them. */
export interface Columns {
  t: number[];
  lat: number[];
  lon: number[];
  speed: number[];
  course: (number | null)[];
}

export interface Track extends Columns {
  unit: string;
  name: string;
}

export interface Replay {
  day: string;
  from: number;
  to: number;
  tracks: Track[];
}

export const replay = signal<Replay | null>(null);
/** The moment that is shown, ms. */
export const replayAt = signal(0);
export const playing = signal(false);
/** Seconds of the day in one second. */
export const pace = signal(60);
export const PACES = [15, 60, 240, 900] as const;
/** What stands still is drawn anew each minute of the day, not at each frame. */
export const replayMinute = computed(() => (replay.value ? Math.floor(replayAt.value / 60_000) : 0));

/** Without a fix for longer nobody knows where it was. */
const LONGEST_GAP_MS = 5 * 60_000;

/** Index of the last fix at or before a moment; -1: none. */
export function indexAt(t: readonly number[], ms: number): number {
  let [low, high] = [0, t.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((t[middle] as number) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export interface Seen {
  lat: number;
  lon: number;
  course: number;
  speed: number;
  /** Time since its last fix, ms. */
  age: number;
}

/** Where a track was at a moment: between two fixes that are not far apart in time; null where nobody knows. */
export function placeAt(c: Columns, ms: number): Seen | null {
  const i = indexAt(c.t, ms);
  if (i < 0) return null;
  const t0 = c.t[i] as number;
  const [lat0, lon0] = [c.lat[i] as number, c.lon[i] as number];
  const t1 = c.t[i + 1];
  const seen = { course: c.course[i] ?? -1, speed: c.speed[i] ?? 0, age: ms - t0 };
  if (t1 === undefined || t1 - t0 > LONGEST_GAP_MS) return ms - t0 > LONGEST_GAP_MS ? null : { lat: lat0, lon: lon0, ...seen };
  const share = (ms - t0) / (t1 - t0);
  return { lat: lat0 + ((c.lat[i + 1] as number) - lat0) * share, lon: lon0 + ((c.lon[i + 1] as number) - lon0) * share, ...seen };
}

/** The last stretch before a moment: lat, lon, lat, lon… */
export function trailAt(c: Columns, ms: number, backMs: number): number[] {
  const trail: number[] = [];
  for (let i = Math.max(0, indexAt(c.t, ms - backMs)); i < c.t.length && (c.t[i] as number) <= ms; i++) trail.push(c.lat[i] as number, c.lon[i] as number);
  const now = placeAt(c, ms);
  if (now) trail.push(now.lat, now.lon);
  return trail;
}

let frame = 0;
let last = 0;

function run(time: number) {
  const shown = replay.peek();
  if (!shown || !playing.peek()) {
    frame = 0;
    return;
  }
  const next = replayAt.peek() + Math.min(200, time - last) * pace.peek();
  last = time;
  replayAt.value = Math.min(shown.to, next);
  if (next >= shown.to) playing.value = false;
  frame = requestAnimationFrame(run);
}

playing.subscribe((on) => {
  if (!on || frame) return;
  last = performance.now();
  frame = requestAnimationFrame(run);
});

export function startReplay(next: Replay) {
  const first = Math.min(...next.tracks.map((t) => t.t[0] ?? next.to));
  replay.value = next;
  replayAt.value = Math.max(next.from, Math.min(next.to, first));
  playing.value = false;
}

export function endReplay() {
  playing.value = false;
  replay.value = null;
}
