import { fullMoment } from '../../../shared/format/time';
import { Glyph } from '../parts/Glyph';
import { locale, words } from '../state/preferences';
import { ahead, due, far, orderTitle, stateName, wind } from '../state/say';
import type { ConsoleState, Order } from '../state/shapes';
import { now } from '../state/stream';

export function JobCard({ order, state }: { order: Order; state: ConsoleState }) {
  const w = words.value;
  const { text, is } = due(w, order, now.value);
  const kind = { 'make-safe': w.makeSafeJob, permanent: w.permanentJob, inspection: w.inspectionJob }[order.kind];
  return (
    <article class="card job-card">
      <div class="job-text">
        <h1>{orderTitle(w, order)}</h1>
        <p class="address">{order.address ?? ''}{order.pole && <span> · {w.pole(order.pole)}</span>}</p>
        <p class="numbers">{[order.number, order.request, w.priority(order.priority)].filter(Boolean).join(' · ')}</p>
        <p class="marks">
          <span class="mark state">{stateName(w, order.state)}</span>
          {order.emergency && <span class="mark late"><Glyph name="siren" size={22} />{w.emergency}</span>}
          {kind && <span class="mark">{kind}</span>}
          <span class={`mark ${is}`} title={order.targetDate ? `${w.targetDate}: ${fullMoment(locale.value, Date.parse(order.targetDate))}` : w.targetDate}><Glyph name="due" size={22} />{text}</span>
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must be able to. */}
        {order.note && <p class="office-note" tabIndex={0}>{order.note}</p>}
      </div>
      <Compass order={order} state={state} />
    </article>
  );
}

/** Where the job is, as the crow flies: an arrow and a distance. */
export function Compass({ order, state, size = 96 }: { order: Order; state: ConsoleState; size?: number }) {
  const w = words.value;
  if (order.distanceM === undefined || order.bearingDeg === undefined) return <div class="compass"><p>{w.noFix}</p></div>;
  const near = state.nearby.includes(order.id);
  const turn = ahead(order.bearingDeg, state.courseDeg);
  return (
    <div class="compass">
      {near ? <Glyph name="here" size={size} /> : <span class="needle" style={{ transform: `rotate(${turn}deg)` }}><Glyph name="arrow" size={size} /></span>}
      <p><b>{far(locale.value, order.distanceM)}</b> {near ? w.here : wind(w, order.bearingDeg)}</p>
      {state.fixAgeSeconds !== undefined && state.fixAgeSeconds >= 30 && <p class="stale">{w.fixOld(`${Math.round(state.fixAgeSeconds)} s`)}</p>}
    </div>
  );
}
