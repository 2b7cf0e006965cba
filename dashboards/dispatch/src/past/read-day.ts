// Reads a unit's day. Whoever looks says why, and the hub writes it down before it answers.
import { ask, at } from '../app/api';
import type { Columns, Replay, Track } from './replay';

export interface Trip {
  from: string;
  to: string;
  startLat: number;
  startLon: number;
  endLat: number;
  endLon: number;
  distanceM: number;
  topSpeedMps: number;
}

export interface Stop {
  from: string;
  to: string;
  lat: number;
  lon: number;
  unseenSeconds: number | null;
}

export interface UnitDay {
  unit: string;
  from: string;
  to: string;
  truncated: boolean;
  trips: Trip[];
  stops: Stop[];
}

/** Trips and stops, and the track between them. */
export async function readDay(unit: { id: string; name: string }, day: string, reason: string): Promise<{ day: UnitDay; track: Track }> {
  const why = `day=${encodeURIComponent(day)}&reason=${encodeURIComponent(reason)}`;
  const trips = await ask<Omit<UnitDay, 'unit' | 'stops'>>(`${at('vehicles', unit.id, 'trips')}?${why}`);
  const { stops } = await ask<{ stops: Stop[] }>(`${at('vehicles', unit.id, 'stops')}?${why}`);
  const columns = await ask<Columns & { truncated: boolean }>(
    `${at('vehicles', unit.id, 'track')}?from=${encodeURIComponent(trips.from)}&to=${encodeURIComponent(trips.to)}&reason=${encodeURIComponent(reason)}`);
  return { day: { ...trips, unit: unit.id, stops }, track: { ...columns, unit: unit.id, name: unit.name } };
}

export const replayOf = (day: string, read: readonly { day: UnitDay; track: Track }[]): Replay => ({
  day, from: Math.min(...read.map((r) => Date.parse(r.day.from))), to: Math.max(...read.map((r) => Date.parse(r.day.to))), tracks: read.map((r) => r.track),
});

/** One line of a day: a drive or a stay. */
export type Leg = { kind: 'trip'; leg: Trip } | { kind: 'stop'; leg: Stop };

export const legsOf = (day: UnitDay): Leg[] =>
  [...day.trips.map((leg): Leg => ({ kind: 'trip', leg })), ...day.stops.map((leg): Leg => ({ kind: 'stop', leg }))]
    .sort((a, b) => Date.parse(a.leg.from) - Date.parse(b.leg.from));
