import { useSignal } from '@preact/signals';
import { distance, number, usesMiles } from '../../../shared/format/measure';
import { catalogue, serviceName } from '../app/catalogue';
import { Empty } from '../app/Empty';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { flyTo, showList } from '../app/selection';
import { hubNow } from '../feed/city';
import { coverage, lit } from '../map/coverage';
import { queryOf, viewOf } from '../queue/queue-filter';
import { saveCsv } from './csv';
import { readCoverage } from './read-coverage';
import { ReportHead } from './ReportHead';

interface Spot {
  id: string;
  name: string | null;
  requests: number;
  open: number;
  reports: number;
  lengthM: number | null;
  perKm: number | null;
  /** "Inman St between Hampshire St and Cambridge St". */
  place: string | null;
  /** Its house numbers: "91–136". */
  numbers: string | null;
  lat: number | null;
  lon: number | null;
}

const DAY = 86_400_000;
const AGAIN_MS = 120_000;
const SPANS = [30, 90, 365] as const;

/** Without the street, which stands before it. */
const betweenOf = (s: Spot) => (s.place && s.name && s.place.startsWith(s.name) ? s.place.slice(s.name.length).trim() : s.place);

/** Where requests gather: streets, or districts. */
export function HotSpots() {
  const w = words.value;
  const by = useSignal<'segment' | 'district'>('segment');
  const span = useSignal<number>(90);
  const service = useSignal('');
  const busy = useSignal('');
  // To the hour: the path stays the same between two polls.
  const from = new Date(Math.floor(hubNow() / 3_600_000) * 3_600_000 - span.value * DAY).toISOString();
  const { value, problem } = usePolled<{ items: Spot[] }>(`/api/hot-spots?by=${by.value}&from=${encodeURIComponent(from)}&limit=100${service.value && `&service=${service.value}`}`, AGAIN_MS);
  const items = value.value?.items ?? [];
  const miles = usesMiles(locale.value);
  const per = w.per(miles ? 'mi' : 'km');
  const perUnit = (s: Spot) => (s.perKm === null ? null : s.perKm * (miles ? 1.609344 : 1));
  const most = Math.max(1, ...items.map((s) => s.requests));
  const show = async (s: Spot) => {
    if (by.value === 'district') return showList('requests', queryOf({ ...viewOf({}), district: s.id, service: service.value }));
    if (s.lat === null || s.lon === null) return;
    busy.value = s.id;
    try {
      // The line of the street, to be drawn along it.
      if (coverage.peek().length === 0) await readCoverage(7);
      lit.value = s.id;
    } catch {
      // The map goes there all the same.
    }
    busy.value = '';
    flyTo.value = { lat: s.lat, lon: s.lon, zoom: 16.5 };
    showList('requests');
  };
  return (
    <div class="page">
      <ReportHead
        title={w.navSpots} hint={w.spotsHint}
        onCsv={() => saveCsv('hot-spots', ['id', w.spotPlace, w.requests, w.tabOpen, w.repeatedBy, 'm', w.per('km')], items.map((s) => [s.id, s.place ?? s.name, s.requests, s.open, s.reports, s.lengthM, s.perKm]))}
      >
        <label>{w.spotBy}<select value={by.value} onChange={(e) => (by.value = e.currentTarget.value as 'segment' | 'district')}><option value="segment">{w.street}</option><option value="district">{w.district}</option></select></label>
        <label>{w.span}<select value={String(span.value)} onChange={(e) => (span.value = Number(e.currentTarget.value))}>{SPANS.map((d) => <option key={d} value={String(d)}>{w.lastDays(d)}</option>)}</select></label>
        <label>{w.service}<select value={service.value} onChange={(e) => (service.value = e.currentTarget.value)}><option value="">{w.any}</option>{catalogue.value.items.map((s) => <option key={s.code} value={s.code}>{serviceName(s.code)}</option>)}</select></label>
      </ReportHead>
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      {!value.value && !problem.value && <Empty icon="report" text={w.loading} />}
      {value.value && items.length === 0 && <Empty icon="check" text={w.spotsNone} />}
      {items.length > 0 && (
        <div class="table-box">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{by.value === 'segment' ? w.street : w.district}</th><th scope="col">{w.requests}</th><th scope="col" class="num">{w.tabOpen}</th><th scope="col" class="num">{w.repeatedBy}</th>
                {by.value === 'segment' && <><th scope="col" class="num">{w.length}</th><th scope="col" class="num">{per}</th></>}
                <th scope="col"><span class="unseen">{w.onMap}</span></th>
              </tr>
            </thead>
            <tbody>
              {items.map((s) => {
                const long = s.lengthM === null ? null : distance(locale.value, s.lengthM);
                return (
                  <tr key={s.id}>
                    <th scope="row">
                      <button type="button" class="link" disabled={busy.value !== '' || (by.value === 'segment' && s.lat === null)} onClick={() => void show(s)}>{s.name ?? s.id}</button>
                      {s.place && <span class="hint">{[betweenOf(s), s.numbers && w.houseNumbers(s.numbers)].filter(Boolean).join(' · ')}</span>}
                    </th>
                    <td><span class="bar"><span style={{ width: `${(s.requests / most) * 100}%` }} /></span> <b>{number(locale.value, s.requests)}</b></td>
                    <td class="num">{number(locale.value, s.open)}</td><td class="num">{number(locale.value, s.reports)}</td>
                    {by.value === 'segment' && <><td class="num">{long ? `${long.value} ${long.unit}` : '–'}</td><td class="num">{s.perKm === null ? '–' : number(locale.value, perUnit(s) ?? 0, 1)}</td></>}
                    <td class="num"><button type="button" class="link" disabled={busy.value !== '' || (by.value === 'segment' && s.lat === null)} onClick={() => void show(s)}>{by.value === 'segment' ? w.onMap : w.requests}<span class="unseen"> {s.place ?? s.name ?? s.id}</span></button></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
