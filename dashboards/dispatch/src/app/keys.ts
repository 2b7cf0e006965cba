// Keys of the page. Each view adds its own while it is shown; "?" lists them all.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Words } from '../../../shared/words/dispatch';
import { singleKeys } from './preferences';

export interface Key {
  /** As KeyboardEvent.key in small letters; two parted by a space are pressed one after the other. */
  key: string;
  say: (w: Words) => string;
  run: () => void;
}

export const keys = signal<readonly Key[]>([]);
const SECOND_MS = 1200;
let firstKey = '';
let firstAt = 0;

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && (target as HTMLInputElement).type !== 'checkbox';

/** @returns whether a key of the page was meant. */
export function press(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return false;
  // What lies over the page has its own keys: Escape closes it.
  if (document.querySelector('dialog[open]')) return false;
  const pressed = event.key.toLowerCase();
  // Whoever speaks to the computer presses letters by accident: Escape and its like stay.
  if (!singleKeys.peek() && pressed.length === 1) return false;
  const both = firstKey && event.timeStamp - firstAt < SECOND_MS ? `${firstKey} ${pressed}` : '';
  // The newest comes first: a card's key goes before the frame's.
  const known = [...keys.peek()].reverse();
  const meant = known.find((k) => k.key === both) ?? known.find((k) => k.key === pressed);
  firstKey = meant ? '' : pressed;
  firstAt = event.timeStamp;
  if (!meant) return false;
  event.preventDefault();
  meant.run();
  return true;
}

/** Keys for as long as a component is shown, and `when` holds. */
export function useKeys(own: readonly Key[], when = true) {
  const newest = useRef(own);
  newest.current = own;
  const names = own.map((k) => k.key).join();
  useEffect(() => {
    if (!when) return;
    const mine = newest.current.map(({ key, say }) => ({ key, say, run: () => newest.current.find((k) => k.key === key)?.run() }));
    keys.value = [...keys.peek(), ...mine];
    return () => {
      keys.value = keys.peek().filter((k) => !mine.includes(k));
    };
  }, [names, when]);
}

addEventListener('keydown', press);
