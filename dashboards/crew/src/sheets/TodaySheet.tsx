import { clockTime } from '../../../shared/format/time';
import { Glyph } from '../parts/Glyph';
import { take } from '../state/press';
import { locale, words } from '../state/preferences';
import { serviceName } from '../state/say';
import type { ConsoleState, Done } from '../state/shapes';
import { Sheet } from './Sheet';

/** What was done in this shift, newest first, and the way back. */
export function TodaySheet({ state }: { state: ConsoleState }) {
  const w = words.value;
  const done = state.recent.filter((d) => d.kind !== 'undo' && d.kind !== 'seen');
  const about = (d: Done) => d.label ?? (d.service ? serviceName(w, d.service, state.services) : '');
  return (
    <Sheet title={w.today}>
      <p class="hint">{w.todayHint}</p>
      {done.length === 0 && <p>{w.nothingToday}</p>}
      <ul class="today">
        {done.map((d) => (
          <li key={d.id} class={d.undone ? 'undone' : ''}>
            <time>{clockTime(locale.value, Date.parse(d.taken))}</time>
            <span><b>{w.did[d.kind] ?? d.kind}</b> {about(d)}<small>{[d.undone ? w.undone : d.atHub ? w.atHub : w.onVehicle, d.automatic ? w.automatic : ''].filter(Boolean).join(' · ')}</small></span>
            {d.mine && !d.undone && <button type="button" class="choice" aria-label={`${w.undo}: ${w.did[d.kind] ?? d.kind} ${about(d)}`} onClick={() => void take({ kind: 'undo', undoes: d.id })}><Glyph name="undo" />{w.undo}</button>}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
