import { Glyph } from '../parts/Glyph';
import { take } from '../state/press';
import { words } from '../state/preferences';
import type { ConsoleState, Order } from '../state/shapes';
import { Sheet } from './Sheet';

/** The stops of an inspection, each answered by one tap. */
export function StopsSheet({ order, state }: { order: Order; state: ConsoleState }) {
  const w = words.value;
  const answer = (stop: string, type: string) => void take({ kind: 'point', order: order.id, point: { type, stop } });
  return (
    <Sheet title={w.stops}>
      <ul class="stops">
        {(order.stops ?? []).map((s) => {
          const title = s.title ?? s.id;
          return (
            <li key={s.id}>
              <span>{title}</span>
              <button type="button" class="choice" aria-label={`${title}: ${w.stopOk}`} disabled={!state.at} onClick={() => answer(s.id, 'ok')}><Glyph name="check" />{w.stopOk}</button>
              <button type="button" class="choice" aria-label={`${title}: ${w.stopDefect}`} disabled={!state.at} onClick={() => answer(s.id, 'defect')}><Glyph name="warning" />{w.stopDefect}</button>
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}
