import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { course, type Measure, number, speed } from '../../../shared/format/measure';
import { age, clockTime, duration } from '../../../shared/format/time';
import { Chip, PriorityChip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { ask } from '../app/api';
import { Empty } from '../app/Empty';
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
        <UnitLink unit={unit} />
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

/** Latest sensor findings of the unit, where the hub gives them. */
function Recent({ unit }: { unit: Unit }) {
  const w = words.value;
  const recent = useSignal<Observation[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    const read = () =>
      ask<{ items: Observation[] }>(`/api/vehicles/${encodeURIComponent(unit.id)}/observations?limit=8`, { signal: stop.signal })
        .then((answer) => {
          recent.value = answer.items;
        })
        .catch(() => {
          // The card stands without traces.
        });
    void read();
    const timer = setInterval(read, 5000);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [unit.id]);
  if (recent.value.length === 0) return null;
  return (
    <section class="card-part">
      <h3>{w.traces}</h3>
      <ul>
        {recent.value.slice(0, 4).map((o, i) => <ObservationItem key={o.key ?? i} observation={o} plain />)}
      </ul>
    </section>
  );
}
