import { signal } from '@preact/signals';
import { number, percent } from '../../../shared/format/measure';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { beat, counts, hubNow, requests } from '../feed/city';
import { emergencies } from '../feed/standing';

const AGAIN_MS = 60_000;
const HOURS = [4, 8, 12, 24] as const;
const hours = signal<number>(8);

interface Figures {
  items: { service: string; done: number; withTarget: number; inTime: number; fixedOnTheSpot: number; points: number }[];
}

/** The shift in a row of numbers. */
export function ShiftFigures() {
  const w = words.value;
  // To the minute: the path stays the same between two polls.
  const from = Math.floor((hubNow() - hours.value * 3_600_000) / 60_000) * 60_000;
  const { value } = usePolled<Figures>(`/api/work-orders/figures?from=${encodeURIComponent(new Date(Math.floor(from / 600_000) * 600_000).toISOString())}`, AGAIN_MS);
  void beat.value;
  const opened = requests.value.filter((r) => Date.parse(r.openedAt) >= from).length;
  const closed = requests.value.filter((r) => r.status === 'closed' && Date.parse(r.closedAt ?? r.updatedAt) >= from).length;
  const sum = (of: 'done' | 'withTarget' | 'inTime' | 'fixedOnTheSpot') => (value.value?.items ?? []).reduce((total, i) => total + i[of], 0);
  const n = (v: number) => number(locale.value, v);
  const cells: [string, string, string][] = [
    [w.shiftOpened, n(opened), ''], [w.shiftClosed, n(closed), ''], [w.shiftOverdue, n(counts.value.requestsOverdue), counts.value.requestsOverdue > 0 ? 'late' : ''],
    [w.shiftDone, n(sum('done')), ''], [w.shiftInTime, sum('withTarget') > 0 ? percent(locale.value, sum('inTime') / sum('withTarget')) : '–', ''],
    [w.onTheSpot, n(sum('fixedOnTheSpot')), ''], [w.emergencies, n(emergencies.value.length), emergencies.value.some((o) => o.mustAcknowledge) ? 'late' : ''],
  ];
  return (
    <section class="shift-figures" aria-label={w.navShift}>
      <label>
        <span class="unseen">{w.lastHoursLabel}</span>
        <select value={String(hours.value)} onChange={(e) => (hours.value = Number(e.currentTarget.value))}>
          {HOURS.map((h) => <option key={h} value={String(h)}>{w.lastHours(h)}</option>)}
        </select>
      </label>
      <dl>{cells.map(([name, text, tone]) => <div key={name}><dt>{name}</dt><dd class={tone}>{text}</dd></div>)}</dl>
    </section>
  );
}
