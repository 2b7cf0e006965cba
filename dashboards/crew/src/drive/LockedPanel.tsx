import { useEffect, useRef } from 'preact/hooks';
import { Glyph, hazardGlyph, serviceGlyph } from '../parts/Glyph';
import { nextStop } from '../state/choice';
import { say } from '../state/press';
import { language, locale, words } from '../state/preferences';
import { ahead, far, hazardName, orderTitle } from '../state/say';
import type { ConsoleState, Hazard } from '../state/shapes';
import { goneSince } from '../state/stream';
import { Help } from './Help';

// A hazard is said once on the way to it, ten seconds before at 50 m/s and well before at a truck's speed.
const WARN_M = 500;
const SIDE_DEG = 100;

/** The nearest hazard that is not behind the vehicle. */
function inTheWay(state: ConsoleState): Hazard | undefined {
  return state.hazards?.find((h) => {
    if (h.distanceM === undefined || h.bearingDeg === undefined || h.distanceM > WARN_M) return false;
    const turn = ahead(h.bearingDeg, state.courseDeg);
    return state.courseDeg === undefined || turn <= SIDE_DEG || turn >= 360 - SIDE_DEG;
  });
}

/** While the vehicle moves: unit, connection, distance and arrow to the next job. Nothing to read, nothing to type. */
export function LockedPanel({ state }: { state: ConsoleState }) {
  const w = words.value;
  const next = nextStop.value;
  const urgent = state.orders.filter((o) => o.mustAcknowledge);
  const spoken = useRef(new Set<string>());
  const told = urgent[0] ?? next;
  const text = !told ? '' : told.mustAcknowledge ? w.sayEmergency(orderTitle(w, told), told.address ?? '') : w.say(orderTitle(w, told), told.address ?? '');
  const key = urgent.map((o) => o.id).join();
  useEffect(() => {
    const fresh = urgent.find((o) => !spoken.current.has(o.id));
    if (!fresh || !state.speaks) return;
    spoken.current.add(fresh.id);
    say(w.sayEmergency(orderTitle(w, fresh), fresh.address ?? ''), language.peek());
  }, [key]);
  const danger = inTheWay(state);
  const dangerId = danger?.id;
  useEffect(() => {
    if (!danger || !state.speaks || spoken.current.has(danger.id)) return;
    spoken.current.add(danger.id);
    say(w.sayHazard(hazardName(w, danger.kind), far(locale.peek(), danger.distanceM ?? 0)), language.peek());
  }, [dangerId]);
  return (
    <main class="locked" aria-label={w.locked}>
      <h1 class="unseen">{w.locked}</h1>
      <header>
        <span class="unit">{state.vehicle.replace(/^unit-/, '')}</span>
        <span class={`big-sign${state.connected && goneSince.value === null ? '' : ' cut'}`} role="img" aria-label={state.connected ? w.connected : w.noSignal}><Glyph name={state.connected ? 'online' : 'offline'} size={56} /></span>
        {state.speaks && told && <button type="button" class="square big" aria-label={w.repeat} title={w.repeat} onClick={() => say(text, language.peek())}><Glyph name="repeat" size={56} /></button>}
        <Help />
      </header>
      {urgent.length > 0 && <p class="stop-sign" role="alert"><Glyph name="siren" size={72} />{w.emergencyDriving}</p>}
      {next?.distanceM !== undefined && next.bearingDeg !== undefined ? (
        <div class="way">
          <span class="needle" style={{ transform: `rotate(${ahead(next.bearingDeg, state.courseDeg)}deg)` }}><Glyph name="arrow" size={300} /></span>
          <p><Glyph name={serviceGlyph(next.service)} size={72} /><b>{far(locale.value, next.distanceM)}</b></p>
        </div>
      ) : <div class="way"><Glyph name="arrow" size={120} /></div>}
      {danger && (
        <p class="hazard-sign" role="alert">
          <Glyph name="warning" size={64} /><Glyph name={hazardGlyph(danger.kind)} size={64} /><b>{far(locale.value, danger.distanceM ?? 0)}</b>
          <i class="needle" style={{ transform: `rotate(${ahead(danger.bearingDeg ?? 0, state.courseDeg)}deg)` }}><Glyph name="arrow" size={64} /></i>
        </p>
      )}
    </main>
  );
}
