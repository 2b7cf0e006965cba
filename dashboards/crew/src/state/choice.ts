// Which order is looked at. The crew's choice holds until that order is done; arrival chooses only where it is alone.
import { computed, signal } from '@preact/signals';
import { urgency } from '../../../shared/format/time';
import { isOpen, isUnderWay, type Order } from './shapes';
import { now, state } from './stream';

/** What somebody tapped, and whether there was something to do then; null: nobody did. */
export const tapped = signal<{ id: string; open: boolean } | null>(null);

export const look = (order: Order): void => {
  tapped.value = { id: order.id, open: isOpen(order) };
};

const rank = (order: Order, at: number): number => {
  if (!isOpen(order)) return 9;
  if (order.emergency) return 0;
  if (isUnderWay(order)) return 1;
  const target = order.targetDate ? Date.parse(order.targetDate) : null;
  const is = urgency(target, at);
  return is === 'late' || is === 'soon' ? 2 : 3;
};

/** Emergencies, what is under way, what is late or due within hours, then the rest: each nearest first. */
export const sorted = (orders: readonly Order[], at: number): Order[] =>
  [...orders].sort((a, b) => rank(a, at) - rank(b, at) || (a.distanceM ?? Infinity) - (b.distanceM ?? Infinity) || a.number.localeCompare(b.number));

// Not each second: rows that change places under a finger are pressed wrongly.
const minute = computed(() => Math.floor(now.value / 60_000) * 60_000);

export const jobs = computed<Order[]>(() => sorted(state.value?.orders ?? [], minute.value));

export const chosen = computed<Order | null>(() => {
  const all = jobs.value;
  const open = all.filter(isOpen);
  const own = all.find((o) => o.id === tapped.value?.id);
  // Done since it was tapped: on to the next.
  if (own && isOpen(own) === tapped.value?.open) return own;
  const underWay = open.find(isUnderWay);
  if (underWay) return underWay;
  const near = state.value?.nearby ?? [];
  if (near.length === 1) return all.find((o) => o.id === near[0]) ?? null;
  // Several within reach: the crew says which.
  if (near.length > 1) return null;
  return open.find((o) => o.id === state.value?.active) ?? open[0] ?? null;
});

/** Where to go next: for the arrow while driving. */
export const nextStop = computed<Order | null>(() => {
  const open = jobs.value.filter(isOpen);
  return open.find((o) => o.emergency) ?? open.find((o) => o.id === tapped.value?.id) ?? open.find((o) => o.id === state.value?.active) ?? open[0] ?? null;
});
