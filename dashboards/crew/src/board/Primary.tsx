import { Glyph } from '../parts/Glyph';
import { last, take } from '../state/press';
import { words } from '../state/preferences';
import { addTo, sheet } from '../state/sheet';
import type { ConsoleState, Order } from '../state/shapes';
import { nextStep, step } from './steps';

/** The one big button: the next step. Work of many places has a second one for each of them. */
export function Primary({ order, state }: { order: Order; state: ConsoleState }) {
  const w = words.value;
  const next = nextStep(w, order);
  const saving = last.value?.outcome.kind === 'saving';
  if (!next) {
    return (
      <div class="primary-row">
        <p class="primary finished"><Glyph name="done" size={48} />{w.isDone}</p>
        {state.recent.some((d) => d.mine && d.order === order.id) && (
          <button type="button" class="primary second" onClick={() => addTo(order.id, order.number)}><Glyph name="note" size={44} /><span>{w.addToDone}</span></button>
        )}
      </div>
    );
  }
  const many = order.state === 'started' && order.kind !== 'inspection' && (order.area?.length ?? 0) > 0;
  const stops = order.state === 'started' && (order.stops?.length ?? 0) > 0;
  const points = state.recent.filter((d) => d.kind === 'point' && d.order === order.id && !d.undone).length;
  return (
    <div class="primary-row">
      {many && (
        <button type="button" class="primary second" disabled={saving || !state.at} onClick={() => void take({ kind: 'point', order: order.id, point: { type: order.service } })}>
          <Glyph name="add" size={44} /><span>{w.onePoint}{points > 0 && <small>{w.points(points)}</small>}</span>
        </button>
      )}
      {stops && <button type="button" class="primary second" onClick={() => { sheet.value = 'stops'; }}><Glyph name="inspect" size={44} /><span>{w.stops}</span></button>}
      <button type="button" class="primary" disabled={saving} onClick={() => void step(order, { kind: next.kind })}>
        <Glyph name={next.glyph} size={56} /><span>{next.text}</span>
      </button>
    </div>
  );
}
