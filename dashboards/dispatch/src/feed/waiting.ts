// Which units hold crew actions that should be at city hall by now. Asked for: what waits does so for minutes.
import { computed, signal } from '@preact/signals';
import { ask } from '../app/api';
import { beat } from './city';
import type { UnsentAnswer, UnsentUnit } from './shapes';

/** An action that is under way, and a short loss of signal, is no news. */
const SOON_MS = 120_000;
const AGAIN_MS = 15_000;

export interface Waiting {
  /** Units that hold crew actions. */
  units: number;
  actions: number;
  /** Units that are not heard with a shift open: what they hold, nobody here knows. */
  silent: number;
}

/** The hub's last answer; null before the first. */
export const unsent = signal<UnsentAnswer | null>(null);
export const unsentProblem = signal('');

export const waiting = computed(() => waitingOf(unsent.value, Math.floor(beat.value / AGAIN_MS) * AGAIN_MS));

export function waitingOf(answer: UnsentAnswer | null, nowMs: number): Waiting {
  const late = (at: string | null) => at === null || nowMs - Date.parse(at) >= SOON_MS;
  const held = answer?.items.filter((u: UnsentUnit) => !u.online || late(u.oldest)) ?? [];
  return {
    units: held.length, actions: held.reduce((sum, u) => sum + u.unsentActions, 0),
    silent: answer?.silent.filter((u) => u.lastHeard !== null && late(u.lastHeard)).length ?? 0,
  };
}

async function look() {
  try {
    unsent.value = await ask<UnsentAnswer>('/api/vehicles/unsent');
    unsentProblem.value = '';
  } catch (e) {
    // The last answer stays: what waited then has hardly come while the hub was away.
    unsentProblem.value = (e as Error).message;
  }
}

let timer = 0;
/** From now on, until the page goes. Called again, it looks at once. */
export function watchUnsent() {
  clearInterval(timer);
  timer = window.setInterval(look, AGAIN_MS);
  void look();
}
