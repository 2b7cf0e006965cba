import { signal } from '@preact/signals';
import { Glyph } from '../parts/Glyph';
import { words } from '../state/preferences';
import type { ConsoleState, Notice } from '../state/shapes';

/** Notices that somebody has seen on this page; after a reload they show once more. */
const seen = signal<ReadonlySet<string>>(new Set());
const keyOf = (n: Notice) => `${n.order}|${n.what}|${n.at}`;

export function Notices({ state }: { state: ConsoleState }) {
  const w = words.value;
  const news = state.notices.filter((n) => !seen.value.has(keyOf(n)));
  const first = news[0];
  if (!first) return null;
  const crew = first.crew ?? w.another;
  const text = first.what === 'done-by-other' ? w.doneByOther(first.number, crew) : first.what === 'cancelled' ? w.cancelled(first.number)
    : first.crew ? w.reassigned(first.number, crew) : w.unassigned(first.number);
  return (
    <div class="notice" role="status">
      <Glyph name="message" size={30} />
      <p><b>{w.notices}</b> {text}</p>
      <button type="button" aria-label={w.understood} onClick={() => { seen.value = new Set([...seen.value, keyOf(first)]); }}><Glyph name="check" size={30} /></button>
    </div>
  );
}
