import { useSignal } from '@preact/signals';
import { number, percent } from '../../../shared/format/measure';
import { catalogue, serviceName } from '../app/catalogue';
import { Empty } from '../app/Empty';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { showList } from '../app/selection';
import { hubNow } from '../feed/city';
import { about, type CoverageMode, coverageMode } from '../map/coverage';
import { saveCsv } from './csv';
import { readCoverage } from './read-coverage';
import { ReportHead } from './ReportHead';

interface DistrictCoverage {
  district: string;
  name: string;
  segments: number;
  lengthM: number;
  roadSensedM: number;
  lampSensedM: number;
  roadPasses: number;
  lampPasses: number;
  roughnessMPerKm: number | null;
  roughnessErrorMPerKm: number | null;
  roughnessRank: number | null;
  sensor: number;
  resident: number;
  crew: number;
  person: number;
}

const DAY = 86_400_000;
const AGAIN_MS = 120_000;
const SPANS = [7, 30, 90] as const;

/** What sensors and residents reported, with how much of each district was sensed beside it: silence is not a good road. */
export function CoverageReport() {
  const w = words.value;
  const span = useSignal<number>(7);
  const service = useSignal('');
  const busy = useSignal(false);
  const from = new Date(Math.floor(hubNow() / 3_600_000) * 3_600_000 - span.value * DAY).toISOString();
  const { value, problem } = usePolled<{ items: DistrictCoverage[] }>(`/api/coverage/districts?from=${encodeURIComponent(from)}${service.value && `&service=${service.value}`}`, AGAIN_MS);
  const items = [...(value.value?.items ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  const most = Math.max(1, ...items.map((d) => Math.max(d.sensor, d.resident)));
  const lamps = service.value === 'street-light-out';
  const shareOf = (d: DistrictCoverage) => (d.lengthM > 0 ? (lamps ? d.lampSensedM : d.roadSensedM) / d.lengthM : 0);
  const onMap = async (mode: CoverageMode) => {
    busy.value = true;
    try {
      await readCoverage(span.value);
      coverageMode.value = mode;
      showList('requests');
    } catch (e) {
      problem.value = (e as Error).message;
    }
    busy.value = false;
  };
  return (
    <div class="page">
      <ReportHead
        title={w.navCoverage} hint={w.coverHint}
        onCsv={() => saveCsv('coverage', [w.district, w.coverRoad, w.coverLamp, w.sourceSensorShort, w.sourceResidentShort, w.sourceCrewShort, w.sourcePersonShort, w.roughness('≈'), '±', w.rougher('')],
          items.map((d) => [d.name, d.lengthM > 0 ? d.roadSensedM / d.lengthM : 0, d.lengthM > 0 ? d.lampSensedM / d.lengthM : 0, d.sensor, d.resident, d.crew, d.person, d.roughnessMPerKm, d.roughnessErrorMPerKm, d.roughnessRank]))}
      >
        <label>{w.span}<select value={String(span.value)} onChange={(e) => (span.value = Number(e.currentTarget.value))}>{SPANS.map((d) => <option key={d} value={String(d)}>{w.lastDays(d)}</option>)}</select></label>
        <label>{w.service}<select value={service.value} onChange={(e) => (service.value = e.currentTarget.value)}><option value="">{w.any}</option>{catalogue.value.items.filter((s) => s.allowSensor).map((s) => <option key={s.code} value={s.code}>{serviceName(s.code)}</option>)}</select></label>
        <button type="button" class="secondary small" disabled={busy.value} onClick={() => void onMap('road')}>{w.coverRoadMap}</button>
        <button type="button" class="secondary small" disabled={busy.value} onClick={() => void onMap('lamp')}>{w.coverLampMap}</button>
      </ReportHead>
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      {!value.value && !problem.value && <Empty icon="report" text={w.loading} />}
      {items.length > 0 && (
        <div class="table-box">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{w.district}</th><th scope="col">{w.coverOf}</th><th scope="col">{w.sourceSensor}</th><th scope="col">{w.sourceResident}</th><th scope="col" class="num">{w.evRough}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((d) => (
                <tr key={d.district}>
                  <th scope="row">{d.name}</th>
                  <td><Bar share={shareOf(d)} tone="cover" /> {percent(locale.value, shareOf(d))}{shareOf(d) < 0.2 && <span class="hint soon"> {w.coverThin}</span>}</td>
                  <td><Bar share={d.sensor / most} tone="" /> <b>{number(locale.value, d.sensor)}</b></td>
                  <td><Bar share={d.resident / most} tone="resident" /> <b>{number(locale.value, d.resident)}</b></td>
                  <td class="num">{about(w, locale.value, d) ?? w.coverNever}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

const Bar = ({ share, tone }: { share: number; tone: string }) => <span class={`bar ${tone}`} aria-hidden="true"><span style={{ width: `${share * 100}%` }} /></span>;
