import { clockTime } from '../../../shared/format/time';
import { Glyph } from '../parts/Glyph';
import { locale, words } from '../state/preferences';
import type { ConsoleState } from '../state/shapes';

/** What a crew takes home: how much was recorded, and how much of it is still here. */
export function Receipt({ state, ended }: { state: ConsoleState; ended: NonNullable<ConsoleState['ended']> }) {
  const w = words.value;
  const at = (iso: string) => clockTime(locale.value, Date.parse(iso));
  const still = state.unsentActions + state.unsentFiles;
  return (
    <section class="receipt card" aria-label={w.receipt}>
      <h2>{w.receipt}</h2>
      <p class="big">{state.crews?.find((c) => c.id === ended.crew)?.name ?? ended.crew}</p>
      <dl><dt>{w.from}</dt><dd>{at(ended.from)}</dd><dt>{w.to}</dt><dd>{ended.to ? at(ended.to) : ''}</dd></dl>
      <p class="big">{w.receiptActions(ended.actions)}</p>
      <p class={still > 0 ? 'soon' : 'good'} role="status"><Glyph name={still > 0 ? 'upload' : 'done'} size={28} />{still > 0 ? w.receiptWaits(still) : w.receiptSent}</p>
    </section>
  );
}
