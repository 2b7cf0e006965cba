import { number, percent } from '../../../shared/format/measure';
import { locale, words } from '../app/preferences';
import type { List } from '../app/route';
import { showList } from '../app/selection';
import { arrived, counts } from '../feed/city';
import { stateCounts } from '../map/map-layers';
import { figures } from '../queue/figures';
import type { QueueView } from '../queue/queue-filter';
import { changeQueue } from '../queue/RequestQueue';

function show(list: List, view?: Partial<QueueView>) {
  if (view) changeQueue({ overdue: false, service: '', ...view });
  showList(list);
}

/** The day in six numbers; each opens the list behind it. */
export function KeyFigures() {
  const w = words.value;
  const c = counts.value;
  const own = figures.value;
  const share = c.requestsOpen > 0 ? percent(locale.value, c.requestsOverdue / c.requestsOpen) : '';
  const enRoute = stateCounts.value.counts.enroute ?? 0;
  return (
    <section class="figures" aria-label={w.live}>
      <Figure label={w.figOpen} value={c.requestsOpen} note={w.figUnassigned(own.unassigned)} onOpen={() => show('requests', { tab: 'all' })} />
      <Figure
        label={w.figOverdue} value={c.requestsOverdue} tone={c.requestsOverdue > 0 ? 'late' : ''}
        note={share && c.requestsOverdue > 0 ? `${w.figShare(share)} · ${w.figDueToday(own.dueToday)}` : w.figDueToday(own.dueToday)}
        onOpen={() => show('requests', { tab: 'all', overdue: true })}
      />
      <Figure label={w.figUnits} value={c.unitsOnline} tone="good" note={w.figOf(c.unitsTotal)} onOpen={() => show('units')} />
      <Figure label={w.figOnSite} value={c.crewsOnSite} note={w.figEnRoute(enRoute)} onOpen={() => show('crews')} />
      <Figure
        label={w.figLights} value={c.lightsOut} tone="soon" note={w.requestsCount(own.byService['street-light-out'] ?? 0)}
        onOpen={() => show('requests', { tab: 'all', service: 'street-light-out' })}
      />
      <Figure label={w.figPotholes} value={c.potholes} note={w.requestsCount(own.byService.pothole ?? 0)} onOpen={() => show('requests', { tab: 'all', service: 'pothole' })} />
    </section>
  );
}

interface FigureProps {
  label: string;
  value: number;
  note: string;
  tone?: string;
  onOpen: () => void;
}

function Figure({ label, value, note, tone = '', onOpen }: FigureProps) {
  return (
    <button type="button" class="figure" onClick={onOpen}>
      <span class="figure-label">{label}</span>
      <span class={`figure-value ${tone}`}>{arrived.value ? number(locale.value, value) : '–'}</span>
      <span class="figure-note">{arrived.value ? note : ''}</span>
    </button>
  );
}
