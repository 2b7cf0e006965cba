import { clockTime } from '../../../shared/format/time';
import { Glyph } from '../parts/Glyph';
import { take } from '../state/press';
import { locale, words } from '../state/preferences';
import { aboutOf } from '../state/say';
import { addTo } from '../state/sheet';
import type { ConsoleState, Done } from '../state/shapes';
import { Sheet } from './Sheet';

const ending = new Set(['complete', 'cannotComplete', 'makeSafe', 'temporaryRepair', 'handOver']);

/** What was done in this shift, newest first, and the way back. */
export function TodaySheet({ state }: { state: ConsoleState }) {
  const w = words.value;
  const done = state.recent.filter((d) => d.kind !== 'undo' && d.kind !== 'seen');
  const about = (d: Done) => aboutOf(w, d, state.services);
  const ends = (d: Done) => d.mine && !d.undone && d.order !== undefined && ending.has(d.kind);
  return (
    <Sheet title={w.today}>
      <p class="hint">{w.todayHint}</p>
      {done.length === 0 && <p>{w.nothingToday}</p>}
      <ul class="today">
        {done.map((d) => (
          <li key={d.id} class={d.undone ? 'undone' : ''}>
            <time>{clockTime(locale.value, Date.parse(d.taken))}</time>
            <span><b>{w.did[d.kind] ?? d.kind}</b> {about(d)}<small>{[d.undone ? w.undone : d.atHub ? w.atHub : w.onVehicle, d.automatic ? w.automatic : ''].filter(Boolean).join(' · ')}</small></span>
            {ends(d) && <button type="button" class="choice" onClick={() => addTo(d.order ?? '', d.label?.split(' · ')[0] ?? '')}><Glyph name="note" />{w.addToDone}</button>}
            {d.mine && !d.undone && <button type="button" class="choice" aria-label={`${w.undo}: ${w.did[d.kind] ?? d.kind} ${about(d)}`} onClick={() => void take({ kind: 'undo', undoes: d.id })}><Glyph name="undo" />{w.undo}</button>}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
