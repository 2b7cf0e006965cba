import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { moment } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { at, send } from '../app/api';
import { draft, forget } from '../app/drafts';
import { Empty } from '../app/Empty';
import { Choice, Field, Problem, useStep } from '../app/form';
import { newId } from '../app/ids';
import { endPick, spot } from '../app/pick';
import { PlaceField, placeIn } from '../app/PlaceField';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { flyTo } from '../app/selection';
import { mapInfo, may } from '../app/session';
import { willDo } from '../app/undo';
import { hubNow } from '../feed/city';

const AGAIN_MS = 15_000;
const CLOSE_ZOOM = 17;

interface Hazard {
  id: string;
  kind: string;
  lat: number;
  lon: number;
  at: string;
  until: string;
  reports: number;
  crew: string | null;
  crewName: string | null;
  vehicle: string | null;
  who: string | null;
  endedAt: string | null;
  endedBy: string | null;
}

/** What every crew near is warned of: reported by crews or the office, ended here or by time. */
export function HazardList() {
  const w = words.value;
  const again = useSignal(0);
  const past = useSignal(false);
  const reporting = useSignal(false);
  const { value, problem } = usePolled<{ items: Hazard[] }>(`/api/hazards?all=${past.value}#${again.value}`, AGAIN_MS);
  useEffect(() => endPick, []);
  const items = value.value?.items ?? [];
  return (
    <>
      <header class="list-head">
        <h2>{w.navHazards}</h2>
        {may('orders.write') && (
          <button type="button" class="secondary small push" aria-expanded={reporting.value} onClick={() => (reporting.value = !reporting.value)}><Icon name="plus" size={15} /> {w.hazardReport}</button>
        )}
      </header>
      <div class="plain-list">
        {reporting.value && <HazardForm onDone={() => {
          reporting.value = false;
          again.value++;
        }} />}
        <p class="pad"><label><input type="checkbox" checked={past.value} onChange={(e) => (past.value = e.currentTarget.checked)} /> {w.hazardPast}</label></p>
        {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
        {!value.value && !problem.value && <Empty icon="warning" text={w.loading} />}
        {value.value && items.length === 0 && !reporting.value && <Empty icon="check" text={w.noHazards} hint={w.noHazardsHint} />}
        <ul>{items.map((h) => <HazardRow key={h.id} hazard={h} onEnd={() => again.value++} />)}</ul>
      </div>
    </>
  );
}

function HazardRow({ hazard: h, onEnd }: { hazard: Hazard; onEnd: () => void }) {
  const w = words.value;
  const ending = useSignal(false);
  const when = (iso: string) => moment(locale.value, Date.parse(iso), hubNow(), mapInfo.value?.timeZone);
  const name = w.hazardNames[h.kind] ?? h.kind;
  const stands = h.endedAt === null && Date.parse(h.until) > hubNow();
  const end = () => {
    ending.value = true;
    willDo(w.hazardEnds(name), async () => {
      await send(at('hazards', h.id, 'end'), {});
      onEnd();
    }, () => (ending.value = false));
  };
  const how = h.endedAt === null ? '' : h.endedBy ? w.hazardEndedBy(h.endedBy, when(h.endedAt)) : w.hazardTakenBack;
  return (
    <li class="event-row">
      <p class="event-head">
        <b>{name}</b>
        {h.reports > 1 && <Chip color="var(--ink-3)">{w.hazardReports(h.reports)}</Chip>}
        {!stands && <Chip color="var(--ink-3)">{w.hazardOver}</Chip>}
      </p>
      <p>{h.who ? w.hazardOffice(h.who) : [h.crewName ?? h.crew, h.vehicle].filter(Boolean).join(' · ')}</p>
      <p class="quiet">{[w.hazardSeen(when(h.at)), how || w.hazardUntil(when(h.until))].join(' · ')}</p>
      <p class="row-buttons">
        <button type="button" class="secondary small" onClick={() => {
          spot.value = { lat: h.lat, lon: h.lon };
          flyTo.value = { lat: h.lat, lon: h.lon, zoom: CLOSE_ZOOM };
        }}><Icon name="pin" size={15} /> {w.openInMap}</button>
        {stands && may('orders.write') && <button type="button" class="secondary small" disabled={ending.value} onClick={end}>{w.hazardEnd}</button>}
      </p>
    </li>
  );
}

function HazardForm({ onDone }: { onDone: () => void }) {
  const w = words.value;
  const step = useStep(['kind', 'lat']);
  const [kind, place] = [draft('hazard/kind', 'wire-down'), draft('hazard/place')];
  // Pressed again after a failure it is the same report.
  const clientId = useSignal(newId());
  const report = async () => {
    const where = await placeIn(place);
    if (!(await step.run(() => send('/api/hazards', { clientId: clientId.value, kind: kind.value, lat: where?.lat, lon: where?.lon })))) return;
    forget('hazard/kind', 'hazard/place');
    onDone();
  };
  return (
    <form
      class="form pad"
      onSubmit={(e) => {
        e.preventDefault();
        void report();
      }}
    >
      <Field label={w.hazardKind} error={step.fields.value.kind ?? ''}>{(tie) => <Choice {...tie} text={kind}>{Object.entries(w.hazardNames).map(([code, name]) => <option key={code} value={code}>{name}</option>)}</Choice>}</Field>
      <PlaceField text={place} error={step.fields.value.lat ?? ''} />
      <button type="submit" class="primary wide" disabled={step.busy.value}>{w.hazardReport}</button>
      <Problem step={step} />
    </form>
  );
}
