// What is being typed for an order: the only thing that this page keeps, so that nothing typed is lost on reload.
import { signal } from '@preact/signals';

export interface Draft { note: string; files: string[] }

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
