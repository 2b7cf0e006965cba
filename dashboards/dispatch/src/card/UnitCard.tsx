import { useSignal } from '@preact/signals';
import { course, type Measure, number, speed } from '../../../shared/format/measure';
import { age, clockTime, duration } from '../../../shared/format/time';
import { Chip, PriorityChip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { ask, at } from '../app/api';
import { draft, forget } from '../app/drafts';
import { Empty } from '../app/Empty';
import { Field, Line, Problem, useStep } from '../app/form';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { flyTo, follow, select, showList } from '../app/selection';
import { mapInfo, may } from '../app/session';
import { deliveryWord, orderColor, orderWord, shiftWord, titleOf, unitColor, unitState, unitWord } from '../app/states';
import { beat, crewById, orders, picture, unitById } from '../feed/city';
import type { Observation, Unit } from '../feed/shapes';
import { unsent } from '../feed/waiting';
import { Target } from '../queue/RequestRow';
import { CardHead } from './CardHead';
import { ObservationItem } from './EvidenceList';
import { UnitLink } from './UnitLink';
import { type UnitHealth, UnitSensors } from './UnitSensors';
import { UnitShifts } from './UnitShifts';

export function UnitCard({ id }: { id: string }) {
  const w = words.value;
  const unit = unitById.value.get(id);
  if (!unit) return <Empty icon="unit" text={w.notFound} hint={id} />;
  const place = picture.places.get(unit.n);
  const state = unitState(unit, place?.activity);
  const crew = unit.crew ? crewById.value.get(unit.crew) : undefined;
  const offShift = unit.kind === 'crewed' && unit.shift === 'off';
  return (
    <>
      <CardHead
        icon="unit" title={unit.name} sub={crew ? crew.name : unit.kind === 'crewed' ? w.noCrewOnUnit : w.sensorOnly}
        side={<Chip color={unitColor(state)}>{unitWord(w, state)}</Chip>}
      />
      <div class="card-body">
        <Gauges unit={unit} />
        {place?.replay && <p class="replay-note"><span class="trail-mark dotted" /> {w.replayHint}</p>}
        {offShift && <p class="hint">{w.offShiftHint}</p>}
        <Waiting unit={unit} />
        <CurrentOrder unit={unit} />
        <LinkAndSensors unit={unit} />
        {unit.kind === 'crewed' && <UnitShifts id={unit.id} />}
        <Recent unit={unit} />
      </div>
      <footer class="card-foot">
        <button
          type="button" class={follow.value ? 'primary' : 'secondary'} aria-pressed={follow.value} disabled={!place}
          onClick={() => {
            if (place && !follow.value) flyTo.value = { lat: place.motion.shownLat, lon: place.motion.shownLon, zoom: 16.5 };
            follow.value = !follow.value;
          }}
        >
          <Icon name="target" size={17} /> {follow.value ? w.following : w.follow}
        </button>
        {may('vehicles.history') && (
          <button type="button" class="secondary" onClick={() => showList('replay', { unit: unit.id })}>
            <Icon name="replay" size={17} /> {w.unitDay}
          </button>
        )}
      </footer>
    </>
  );
}

const HEALTH_MS = 2_000;
const OBSERVED_MS = 5_000;

function LinkAndSensors({ unit }: { unit: Unit }) {
  const { value } = usePolled<UnitHealth>(at('vehicles', unit.id, 'health'), HEALTH_MS);
  return <><UnitLink unit={unit} health={value.value} /><UnitSensors id={unit.id} health={value.value} /></>;
}

/** Crew actions that the unit holds. */
function Waiting({ unit }: { unit: Unit }) {
  const w = words.value;
  const held = unsent.value?.items.find((u) => u.id === unit.id);
  if (!held) return null;
  const oldest = held.oldest ? Date.parse(held.oldest) : null;
  return (
    <button type="button" class="waiting-note" onClick={() => showList('unsent')}>
      <Icon name="upload" size={15} />
      {w.unitHolds(held.unsentActions)}
      {oldest !== null && `, ${w.unsentOldest(clockTime(locale.value, oldest, mapInfo.value?.timeZone), w.ago(duration(beat.value - oldest)))}`}
    </button>
  );
}

function Gauges({ unit }: { unit: Unit }) {
  const w = words.value;
  const now = beat.value;
  const place = picture.places.get(unit.n);
  const pace = speed(locale.value, place?.speedMps ?? 0);
  const heading = place ? course(place.motion.courseDeg) : null;
  const none = { value: '–', unit: '' };
  const fixAge = place ? split(age(locale.value, now - place.motion.fixMs)) : none;
  return (
    <>
      <dl class="gauges">
        <Gauge label={w.speed} m={unit.online && place ? pace : none} />
        <Gauge label={w.course} m={unit.online && heading ? heading : none} />
        <Gauge label={w.fixAge} m={fixAge} />
        <Gauge label={w.unsent} m={{ value: number(locale.value, unit.unsent), unit: '' }} />
      </dl>
      <p class="unit-line">
        {unit.kind === 'crewed' && <><Icon name="crew" size={14} /> {shiftWord(w, unit.shift)} · </>}
        {unit.online ? w.online : unit.lastSeenMs ? w.lastSeen(w.ago(duration(now - unit.lastSeenMs))) : w.neverSeen}
      </p>
    </>
  );
}

const split = (text: string): Measure => {
  const gap = text.indexOf(' ');
  return { value: text.slice(0, gap), unit: text.slice(gap + 1) };
};

function Gauge({ label, m }: { label: string; m: Measure }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd><b>{m.value}</b> {m.unit}</dd>
    </div>
  );
}

function CurrentOrder({ unit }: { unit: Unit }) {
  const w = words.value;
  const order = orders.value.find((o) => o.id === unit.order);
  return (
    <section class="card-part">
      <h3>{w.currentOrder}</h3>
      {!order && <p class="hint">{w.noOrder}</p>}
      {order && (
        <button type="button" class="order-card" onClick={() => select({ kind: 'order', id: order.id })}>
          <span class="order-top">
            <PriorityChip priority={order.priority} title={w.priority(order.priority)} />
            <b>{order.number}</b> <span>{order.request}</span>
          </span>
          <span class="order-title">{titleOf(w, order)}</span>
          <span class="order-address">{order.address}</span>
          <span class="order-top">
            <Chip color={orderColor(order.state)}>{orderWord(w, order.state)}</Chip> <span>{deliveryWord(w, order)}</span>
            <Target at={order.targetAt} />
          </span>
        </button>
      )}
    </section>
  );
}

/** Latest sensor findings of the unit. When it sensed is when its crew drove: that is told to whoever says why. */
function Recent({ unit }: { unit: Unit }) {
  const w = words.value;
  const reason = draft(`observations/${unit.id}`);
  const asking = useSignal(reason.peek() !== '');
  const timed = useSignal<Observation[] | null>(null);
  const step = useStep(['reason']);
  const path = `${at('vehicles', unit.id, 'observations')}?limit=8`;
  const { value } = usePolled<{ items: Observation[] }>(path, OBSERVED_MS);
  const recent = timed.value ?? value.value?.items ?? [];
  if (recent.length === 0) return null;
  const show = () => step.run(async () => {
    timed.value = (await ask<{ items: Observation[] }>(`${path}&reason=${encodeURIComponent(reason.value.trim())}`)).items;
    asking.value = false;
    forget(`observations/${unit.id}`);
  });
  return (
    <section class="card-part">
      <h3>{w.traces}</h3>
      <ul>
        {recent.slice(0, timed.value ? 8 : 4).map((o, i) => <ObservationItem key={o.key ?? i} observation={o} plain />)}
      </ul>
      {may('vehicles.history') && timed.value === null && !asking.value && <button type="button" class="link" onClick={() => (asking.value = true)}><Icon name="clock" size={14} /> {w.timesAsk}</button>}
      {asking.value && timed.value === null && (
        <form
          class="form"
          onSubmit={(e) => {
            e.preventDefault();
            void show();
          }}
        >
          <Field label={w.replayWhy} hint={w.timesHint} wide error={step.fields.value.reason ?? ''}>{(tie) => <Line {...tie} text={reason} required maxLength={200} autofocus />}</Field>
          <button type="submit" class="secondary wide" disabled={step.busy.value}>{w.timesShow}</button>
          <Problem step={step} />
        </form>
      )}
    </section>
  );
}
