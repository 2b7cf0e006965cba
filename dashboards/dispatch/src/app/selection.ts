import { effect, signal } from '@preact/signals';
import { type List, linkTo, readRoute, type Selection } from './route';

const first = readRoute(location.hash);
export const list = signal<List>(first.list ?? 'requests');
export const selection = signal<Selection>(first.selection);
/** Set by "show on map" and by selecting in a list: the map flies there once and clears it. */
export const flyTo = signal<{ lat: number; lon: number; zoom?: number } | null>(null);
/** Whether the map stays on the selected unit. */
export const follow = signal(false);

addEventListener('hashchange', () => {
  const route = readRoute(location.hash);
  // A receipt is opened from several lists: the one in use stays.
  if (route.list && !route.selection) list.value = route.list;
  selection.value = route.selection;
});

/** A deep link shows its thing on the map as soon as the feed has told where it is. */
export function flyToLinked(whereIs: (chosen: NonNullable<Selection>) => { lat: number; lon: number } | null) {
  const chosen = first.selection;
  const place = chosen && whereIs(chosen);
  if (place) flyTo.value = place;
}

effect(() => {
  if (selection.value?.kind !== 'unit') follow.value = false;
});

export function select(next: Selection) {
  const hash = next ? linkTo(next) : `#/${list.peek()}`;
  if (location.hash === hash) selection.value = next;
  else location.hash = hash;
}

export function showList(next: List) {
  list.value = next;
  if (selection.peek() === null) location.hash = `#/${next}`;
}
