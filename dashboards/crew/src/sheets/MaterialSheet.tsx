import { change, draftOf, usedOf } from '../state/draft';
import { take } from '../state/press';
import { words } from '../state/preferences';
import { close } from '../state/sheet';
import type { ConsoleState, Order, Rate } from '../state/shapes';
import { Sheet } from './Sheet';

/** Where nothing has come down from the hub: what potholes and lights take. */
const usual: Rate[] = [
  { code: 'labour', title: 'Labour', unit: 'hour' }, { code: 'cold-patch', title: 'Cold patch', unit: 'bag', services: ['pothole'] },
  { code: 'luminaire', title: 'Luminaire', unit: 'piece', services: ['street-light-out'] }, { code: 'photocell', title: 'Photocell', unit: 'piece', services: ['street-light-out'] },
];

const step = (rate: Rate) => (rate.unit === 'hour' ? 0.5 : 1);

/** What the job took: a tap is one, or half an hour. Saved as one action when it closes. */
export function MaterialSheet({ order, state }: { order: Order; state: ConsoleState }) {
  const w = words.value;
  // Kept while it is counted: a reload loses nothing.
  const used = draftOf(order.id).used ?? {};
  const setUsed = (counted: Record<string, number>) => change(order.id, { used: counted });
  const all = (state.rates && state.rates.length > 0 ? state.rates : usual).filter((r) => !r.services || r.services.length === 0 || r.services.includes(order.service));
  const finish = () => {
    const items = usedOf(draftOf(order.id));
    close();
    change(order.id, { used: {} });
    if (items.length > 0) void take({ kind: 'use', order: order.id, used: items });
  };
  return (
    <Sheet title={w.material} onClose={finish}>
      <p class="hint">{w.usedHint}</p>
      <div class="tiles">
        {all.map((rate) => {
          const name = w.labourCodes[rate.code] ?? rate.title;
          const n = used[rate.code] ?? 0;
          return (
            <div key={rate.code} class="counter">
              <button type="button" class="choice" title={w.add(name)} onClick={() => setUsed({ ...used, [rate.code]: n + step(rate) })}><b>{name}</b><span>{n > 0 ? `${n}${rate.unit === 'hour' ? ` ${w.hour}` : ''}` : '+'}</span></button>
              {n > 0 && <button type="button" class="square" aria-label={w.less(name)} onClick={() => setUsed({ ...used, [rate.code]: Math.max(0, n - step(rate)) })}>−</button>}
            </div>
          );
        })}
      </div>
      <div class="sheet-foot"><button type="button" class="choice strong" onClick={finish}>{w.keep}</button></div>
    </Sheet>
  );
}
