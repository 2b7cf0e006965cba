// What is being typed for an order: the only thing that this page keeps, so that nothing typed is lost on reload.
import { signal } from '@preact/signals';

/** A note, files by their names, and what the job took by its codes. */
export interface Draft { note: string; files: string[]; used?: Record<string, number> }

const MOST_ITEMS = 20;

const EMPTY: Draft = { note: '', files: [] };
const key = 'crew.drafts';

function read(): Record<string, Draft> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, Draft>;
  } catch {
    return {};
  }
}

export const drafts = signal<Record<string, Draft>>(read());

export const draftOf = (order: string): Draft => drafts.value[order] ?? EMPTY;

/** What the job took, as an action says it. */
export const usedOf = (draft: Draft): { code: string; quantity: number }[] =>
  Object.entries(draft.used ?? {}).filter(([, n]) => n > 0).slice(0, MOST_ITEMS).map(([code, quantity]) => ({ code, quantity }));

export function change(order: string, part: Partial<Draft>) {
  const all = { ...drafts.peek(), [order]: { ...(drafts.peek()[order] ?? EMPTY), ...part } };
  keep(all);
}

/** It has left with an action. */
export function drop(order: string) {
  const { [order]: _, ...rest } = drafts.peek();
  keep(rest);
}

function keep(all: Record<string, Draft>) {
  drafts.value = all;
  try {
    localStorage.setItem(key, JSON.stringify(all));
  } catch {
    // Storage is off: it lasts as long as the page.
  }
}
