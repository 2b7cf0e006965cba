import { effect, signal } from '@preact/signals';
import { hashOf, type List, readRoute, type Selection } from './route';

const first = readRoute(location.hash);
export const list = signal<List>(first.list ?? 'requests');
export const selection = signal<Selection>(first.selection);
/** Filters of each view: they stay while another one is open. */
const filters = signal<Partial<Record<List, Record<string, string>>>>({ [list.peek()]: first.query });
/** Set by "show on map" and by selecting in a list: the map flies there once and clears it. */
export const flyTo = signal<{ lat: number; lon: number; zoom?: number } | null>(null);
/** Whether the map stays on the selected unit. */
export const follow = signal(false);

const NONE: Record<string, string> = {};
export const filtersOf = (of: List): Record<string, string> => filters.value[of] ?? NONE;

addEventListener('hashchange', () => {
  const route = readRoute(location.hash);
  // A short link names no view: the one in use stays. So it does for a receipt, which is opened from several lists.
  const view = route.selection?.kind === 'shift' && !location.hash.startsWith('#/shifts') ? null : route.list;
  if (view) {
    list.value = view;
    filters.value = { ...filters.peek(), [view]: route.query };
  }
  choose(route.selection);
});

const choose = (next: Selection) => {
  const now = selection.peek();
  if (now?.kind !== next?.kind || now?.id !== next?.id) selection.value = next;
};

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
  const hash = hashOf(list.peek(), next, filters.peek()[list.peek()]);
  // At once: the address tells of it later.
  choose(next);
  if (location.hash !== hash) location.hash = hash;
}

/** Opens a view; what is selected stays selected. */
export function showList(next: List, query?: Record<string, string>) {
  if (query) filters.value = { ...filters.peek(), [next]: query };
  location.hash = hashOf(next, selection.peek(), filters.peek()[next]);
  list.value = next;
}

/** Filters change without a new step in the browser's history. */
export function setFilters(of: List, query: Record<string, string>) {
  filters.value = { ...filters.peek(), [of]: query };
  if (list.peek() === of) history.replaceState(null, '', hashOf(of, selection.peek(), query));
}
