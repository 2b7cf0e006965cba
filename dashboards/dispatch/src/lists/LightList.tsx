import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { number } from '../../../shared/format/measure';
import { moment } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { at, send } from '../app/api';
import { Empty } from '../app/Empty';
import { Field } from '../app/form';
import { endPick, spot } from '../app/pick';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { filtersOf, flyTo, select, setFilters } from '../app/selection';
import { mapInfo, may } from '../app/session';
import { didIt } from '../app/undo';
import { hubNow } from '../feed/city';
import type { RequestSummary } from '../feed/shapes';

const AGAIN_MS = 60_000;
const CLOSE_ZOOM = 18;
const PAGE = 200;
const MOST = 2_000;

/** In the order in which somebody wants to look. */
const STATES = ['neverBurned', 'suspected', 'out', 'partial', 'dim', 'cycling', 'unseen'] as const;
type State = (typeof STATES)[number];

interface Light {
  pole: string;
  lat: number;
  lon: number;
  address: string | null;
  kind: string | null;
  luminaires: number;
  usual: number | null;
  passes: number;
  told: string | null;
  doubt: string | null;
}

interface Answer {
  counts: Record<string, number>;
  unseen: number;
  items: Light[];
  next: string | null;
}

/** Street lights of one state: what vehicles saw that is no request, and what none of them could judge. */
export function LightList() {
  const w = words.value;
  const again = useSignal(0);
  const most = useSignal(PAGE);
  const asked = filtersOf('lights').state;
  const state = STATES.find((s) => s === asked) ?? 'neverBurned';
  const { value, problem } = usePolled<Answer>(`/api/street-lights/states?state=${state}&limit=${most.value}#${again.value}`, AGAIN_MS);
  useEffect(() => endPick, []);
  const answer = value.value;
  const count = (s: State) => (answer ? (s === 'unseen' ? answer.unseen : (answer.counts[s] ?? 0)) : 0);
  return (
    <>
      <header class="list-head">
        <h2>{w.navLights}</h2>
        {answer && <span class="count-pill">{number(locale.value, count(state))}</span>}
      </header>
      <div class="pad-part">
        <Field label={w.lightState} hint={w.lightAbout[state]}>
          {(tie) => (
            <select {...tie} value={state} onChange={(e) => {
              most.value = PAGE;
              value.value = null;
              setFilters('lights', { state: e.currentTarget.value });
            }}>
              {STATES.map((s) => <option key={s} value={s}>{answer ? `${w.lightStates[s]} (${number(locale.value, count(s))})` : w.lightStates[s]}</option>)}
            </select>
          )}
        </Field>
      </div>
      <div class="plain-list">
        {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
        {!answer && !problem.value && <Empty icon="lamp" text={w.loading} />}
        {answer?.items.length === 0 && <Empty icon="check" text={w.lightNone} />}
        <ul aria-label={w.lightStates[state]}>{answer?.items.map((l) => <LightRow key={l.pole} light={l} state={state} onDone={() => again.value++} />)}</ul>
        {answer?.next && most.value < MOST && <p class="pad"><button type="button" class="secondary wide" onClick={() => (most.value = Math.min(MOST, most.value + PAGE))}>{w.lightMore}</button></p>}
      </div>
    </>
  );
}

function LightRow({ light: l, state, onDone }: { light: Light; state: State; onDone: () => void }) {
  const w = words.value;
  const busy = useSignal(false);
  const problem = useSignal('');
  const run = async (what: () => Promise<unknown>) => {
    busy.value = true;
    problem.value = '';
    try {
      await what();
      onDone();
    } catch (e) {
      problem.value = (e as Error).message;
    }
    busy.value = false;
  };
  const burns = () => run(async () => {
    await send(at('street-lights', l.pole, 'burns'), {}, 'PUT');
    didIt(w.lightBurnsDone(l.pole), async () => {
      await send(at('street-lights', l.pole, 'burns'), {}, 'DELETE');
      onDone();
    });
  });
  const isOut = () => run(async () => {
    const made = await send<RequestSummary>('/api/requests', { service: 'street-light-out', lat: l.lat, lon: l.lon, pole: l.pole });
    select({ kind: 'request', id: made.number });
  });
  const told = l.told ? w.lightTold(moment(locale.value, Date.parse(l.told), hubNow(), mapInfo.value?.timeZone)) : w.lightNeverTold;
  return (
    <li class="event-row">
      <p class="event-head"><b>{l.pole}</b>{l.kind && <span class="quiet">{l.kind}</span>}</p>
      {l.address && <p>{l.address}</p>}
      <p>{[l.luminaires > 1 && w.lightLuminaires(l.luminaires), w.coverPasses(l.passes), told].filter(Boolean).join(' · ')}</p>
      {l.doubt && w.lightDoubts[l.doubt] && <p class="quiet">{w.lightDoubts[l.doubt]}</p>}
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      <p class="row-buttons">
        <button type="button" class="secondary small" onClick={() => {
          spot.value = { lat: l.lat, lon: l.lon };
          flyTo.value = { lat: l.lat, lon: l.lon, zoom: CLOSE_ZOOM };
        }}><Icon name="pin" size={15} /> {w.openInMap}<span class="unseen"> {l.pole}</span></button>
        {state === 'neverBurned' && may('requests.review') && <button type="button" class="secondary small" disabled={busy.value} onClick={burns}>{w.lightBurns}<span class="unseen"> {l.pole}</span></button>}
        {state !== 'out' && state !== 'unseen' && may('requests.write') && <button type="button" class="secondary small" disabled={busy.value} onClick={isOut}>{w.lightIsOut}<span class="unseen"> {l.pole}</span></button>}
      </p>
    </li>
  );
}
