import { computed } from '@preact/signals';
import { number, speed } from '../../../shared/format/measure';
import { duration } from '../../../shared/format/time';
import type { Words } from '../../../shared/words/dispatch';
import { WindowList } from '../../../shared/widgets/WindowList';
import { Empty } from '../app/Empty';
import { locale, words } from '../app/preferences';
import { flyTo, select, selection } from '../app/selection';
import { shiftWord, UNIT_STATES, unitColor, unitState, unitWord } from '../app/states';
import { beat, crewById, picture, units } from '../feed/city';
import type { Unit } from '../feed/shapes';
import { UnitMark } from '../map/LayerPanel';

const rank = (u: Unit) => UNIT_STATES.indexOf(unitState(u, picture.places.get(u.n)?.activity));
const sorted = computed(() => {
  void beat.value;
  return [...units.value].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, undefined, { numeric: true }));
});

export function UnitList() {
  const w = words.value;
  const chosen = selection.value?.kind === 'unit' ? selection.value.id : null;
  return (
    <>
      <header class="list-head">
        <h2>{w.units}</h2>
        <span class="count-pill">{number(locale.value, units.value.length)}</span>
      </header>
      <WindowList
        label={w.units} items={sorted.value} keyOf={(u) => u.id} rowHeight={62} selected={chosen} onSelect={selectUnit}
        row={(u) => <UnitRow unit={u} />} empty={<Empty icon="unit" text={w.noUnits} />}
      />
    </>
  );
}

export function selectUnit(unit: Unit) {
  select({ kind: 'unit', id: unit.id });
  const motion = picture.places.get(unit.n)?.motion;
  if (motion) flyTo.value = { lat: motion.shownLat, lon: motion.shownLon };
}

/** The age is said only once it is no longer that of a unit that reports each second or two. */
const FRESH_MS = 5000;

function paceAndAge(w: Words, metresPerSecond: number, ageMs: number): string {
  const pace = speed(locale.value, metresPerSecond);
  const text = `${pace.value} ${pace.unit}`;
  return ageMs < FRESH_MS ? text : `${text}, ${w.ago(duration(ageMs))}`;
}

function UnitRow({ unit: u }: { unit: Unit }) {
  const w = words.value;
  const place = picture.places.get(u.n);
  const state = unitState(u, place?.activity);
  const seen = u.lastSeenMs ? w.lastSeen(w.ago(duration(beat.value - u.lastSeenMs))) : w.neverSeen;
  return (
    <div class="unit-row" data-unit={u.id} data-lat={place?.motion.lat} data-lon={place?.motion.lon}>
      <UnitMark state={state} course={place?.motion.courseDeg ?? -1} />
      <b>{u.name}</b>
      <span class="unit-state" style={{ color: unitColor(state) }}>{unitWord(w, state)}</span>
      <span class="unit-detail">
        {(u.crew && crewById.value.get(u.crew)?.name) ?? (u.kind === 'crewed' ? shiftWord(w, u.shift) : w.sensorOnly)}
      </span>
      <span class="unit-detail end">
        {state === 'offline' ? seen : place ? paceAndAge(w, place.speedMps, beat.value - place.motion.fixMs) : ''}
      </span>
    </div>
  );
}
