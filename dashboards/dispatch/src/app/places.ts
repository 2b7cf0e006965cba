// Places by what people call them. The hub knows the city's streets and poles; nobody outside is asked.
import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Words } from '../../../shared/words/dispatch';
import { ask } from './api';
import { words } from './preferences';
import { may } from './session';

export interface Place {
  kind: 'address' | 'intersection' | 'street' | 'pole' | 'point';
  text: string;
  detail: string | null;
  lat: number;
  lon: number;
  /** False when it is only the nearest that the city has. */
  exact: boolean;
}

/** What somebody looked up: it stays on the map until it is closed. */
export const foundPlace = signal<Place | null>(null);

const PAUSE_MS = 200;
const MOST = 6;

export const findPlaces = async (q: string, signal?: AbortSignal): Promise<Place[]> =>
  (await ask<{ items: Place[] }>(`/api/places?${new URLSearchParams({ q: q.slice(0, 200), limit: String(MOST) })}`, signal ? { signal } : {})).items;

/** Asked once the typing rests. @returns null while nothing is known. */
export function usePlaces(query: string): Place[] | null {
  const found = useSignal<Place[] | null>(null);
  useEffect(() => {
    found.value = null;
    if (query.trim().length < 3 || !may('map.read')) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      findPlaces(query.trim(), stop.signal).then((places) => (found.value = places)).catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query]);
  return found.value;
}

const kindWord = (w: Words, kind: Place['kind']): string =>
  ({ address: w.kindAddress, intersection: w.kindCrossing, street: w.kindStreet, pole: w.kindPole, point: w.kindPoint })[kind];

/** What stands below its name. */
export const placeDetail = (p: Place): string =>
  [p.exact ? '' : words.value.placeNear, p.detail ?? kindWord(words.value, p.kind)].filter(Boolean).join(' · ');

/** As a field keeps it: "125 Inman St (42.370123, -71.098765)". */
export const written = (p: Place): string => `${p.text} (${p.lat.toFixed(6)}, ${p.lon.toFixed(6)})`;

/** "42.37, -71.1", alone or in brackets behind a name, as degrees; null while it is not that. */
export function placeOf(text: string): { lat: number; lon: number } | null {
  const inside = /\(([^()]*)\)\s*$/.exec(text)?.[1] ?? text;
  const [lat, lon, ...more] = inside.split(/[\s,;]+/).filter(Boolean).map(Number);
  return lat !== undefined && lon !== undefined && more.length === 0 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0) ? { lat, lon } : null;
}

/** The name before the degrees. */
export const nameOf = (text: string): string => (/^(.*\S)\s*\([^()]*\)\s*$/.exec(text)?.[1] ?? '');
