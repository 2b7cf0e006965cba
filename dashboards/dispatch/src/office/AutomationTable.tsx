import { useSignal } from '@preact/signals';
import { number, percent } from '../../../shared/format/measure';
import { moment } from '../../../shared/format/time';
import type { Words } from '../../../shared/words/dispatch';
import { Icon } from '../../../shared/widgets/Icon';
import { at, send } from '../app/api';
import { serviceName } from '../app/catalogue';
import { Empty } from '../app/Empty';
import { Problem, useStep } from '../app/form';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { showList } from '../app/selection';
import { mapInfo, may } from '../app/session';
import { didIt } from '../app/undo';
import { hubNow } from '../feed/city';
import { queryOf, viewOf } from '../queue/queue-filter';

type Mode = 'shadow' | 'review' | 'automatic';
const MODES: readonly Mode[] = ['shadow', 'review', 'automatic'];

interface Precision {
  inspections: number;
  confirmed: number;
  share: number | null;
  low: number | null;
  high: number | null;
}

export interface AutomationArea {
  service: string;
  district: string;
  districtName: string | null;
  mode: Mode;
  /** Why automatic is not to be had. */
  locked: string | null;
  fellBackAt: string | null;
  changedAt: string | null;
  changedBy: string | null;
  cap: number;
  openedToday: number;
  precision: Precision;
  rejectedSince: number;
  earned: number | null;
  shadow: { proposed: number; standing: number };
  reviews: { inReview: number; held: number; accepted: number; automatic: number; rejected: number };
}

interface Answer {
  goal: number;
  inspections: number;
  dailyCap: number;
  services: { service: string; precision: Precision }[];
  areas: AutomationArea[];
}

const AGAIN_MS = 20_000;
const modeWord = (w: Words, mode: Mode) => ({ shadow: w.modeShadow, review: w.modeReview, automatic: w.modeAutomatic })[mode];

/** How far each sensor service may open requests by itself, district by district, and how well it has earned that. */
export function AutomationTable() {
  const w = words.value;
  const again = useSignal(0);
  const { value, problem } = usePolled<Answer>(`/api/automation#${again.value}`, AGAIN_MS);
  const a = value.value;
  return (
    <div class="page">
      <header class="page-head">
        <h2>{w.navAutomation}</h2>
        {a && <p class="hint">{w.automationHint(percent(locale.value, a.goal), a.inspections)}</p>}
      </header>
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      {!a && !problem.value && <Empty icon="office" text={w.loading} />}
      {a?.services.map((s) => (
        <section key={s.service} class="page-part">
          <h3>{serviceName(s.service)} <span class="hint">{w.precisionAll} {shareText(w, s.precision)}</span></h3>
          <div class="table-box">
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{w.district}</th><th scope="col">{w.mode}</th><th scope="col">{w.precision}</th><th scope="col" class="num">{w.dailyCap}</th>
                  <th scope="col" class="num">{w.openedToday}</th><th scope="col" class="num">{w.tabReview}</th><th scope="col" class="num">{w.inShadow}</th>
                </tr>
              </thead>
              <tbody>{a.areas.filter((x) => x.service === s.service).map((x) => <AreaRow key={x.district} area={x} needs={a} onChange={() => again.value++} />)}</tbody>
            </table>
          </div>
        </section>
      ))}
    </div>
  );
}

function shareText(w: Words, p: Precision): string {
  if (p.share === null || p.low === null || p.high === null) return w.noInspections;
  return `${percent(locale.value, p.share)} (${percent(locale.value, p.low)}–${percent(locale.value, p.high)}), ${w.ofInspections(p.confirmed, p.inspections)}`;
}

/** What the hub says in English, in the reader's words. */
function whyLocked(w: Words, x: AutomationArea, needs: Pick<Answer, 'goal' | 'inspections'>): string {
  const { inspections, confirmed } = x.precision;
  if (inspections < needs.inspections) return w.lockedInspections(inspections, needs.inspections);
  return w.lockedPrecision(confirmed, inspections + x.rejectedSince, percent(locale.value, x.earned ?? 0), percent(locale.value, needs.goal));
}

function AreaRow({ area: x, needs, onChange }: { area: AutomationArea; needs: Pick<Answer, 'goal' | 'inspections'>; onChange: () => void }) {
  const w = words.value;
  const step = useStep();
  const name = x.districtName ?? w.noDistrict;
  const set = async (body: { mode?: Mode; cap?: number }, back: { mode?: Mode; cap?: number }) => {
    const put = (b: object) => send(at('automation', x.service, x.district), b, 'PUT');
    if (await step.run(() => put(body))) {
      didIt(w.automationSet(serviceName(x.service), name), async () => {
        await put(back);
        onChange();
      });
    }
    onChange();
  };
  const may_ = may('automation.write');
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <select
          aria-label={`${w.mode}: ${name}`} value={x.mode} disabled={!may_ || step.busy.value}
          onChange={(e) => void set({ mode: e.currentTarget.value as Mode }, { mode: x.mode })}
        >
          {MODES.map((m) => <option key={m} value={m} disabled={m === 'automatic' && x.locked !== null}>{modeWord(w, m)}</option>)}
        </select>
        {x.locked && <p class="locked"><Icon name="lock" size={12} /> {whyLocked(w, x, needs)}</p>}
        {x.fellBackAt && <p class="locked soon"><Icon name="warning" size={12} /> {w.fellBack(moment(locale.value, Date.parse(x.fellBackAt), hubNow(), mapInfo.value?.timeZone))}</p>}
        {x.changedBy && !x.fellBackAt && x.changedAt && <p class="locked">{w.changedBy(x.changedBy, moment(locale.value, Date.parse(x.changedAt), hubNow(), mapInfo.value?.timeZone))}</p>}
        <Problem step={step} />
      </td>
      <td><PrecisionBar p={x.precision} /><span class="hint">{shareText(w, x.precision)}</span></td>
      <td class="num">
        <input
          type="number" min={1} max={10_000} value={x.cap} aria-label={`${w.dailyCap}: ${name}`} disabled={!may_}
          onChange={(e) => e.currentTarget.reportValidity() && void set({ cap: e.currentTarget.valueAsNumber }, { cap: x.cap })}
        />
      </td>
      <td class="num">{number(locale.value, x.openedToday)}</td>
      <td class="num">
        {x.reviews.inReview + x.reviews.held > 0
          ? <button type="button" class="link" onClick={() => showList('requests', queryOf({ ...viewOf({}), tab: 'review', service: x.service, district: x.district }))}>{number(locale.value, x.reviews.inReview + x.reviews.held)}</button>
          : '0'}
      </td>
      <td class="num">{number(locale.value, x.shadow.standing)}</td>
    </tr>
  );
}

/** The share with its interval: few inspections make a wide band. */
function PrecisionBar({ p }: { p: Precision }) {
  if (p.share === null || p.low === null || p.high === null) return null;
  return (
    <span class="precision-bar" aria-hidden="true">
      <span class="band" style={{ left: `${p.low * 100}%`, width: `${(p.high - p.low) * 100}%` }} />
      <span class="dot" style={{ left: `${p.share * 100}%` }} />
    </span>
  );
}
