import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { money, number } from '../../../shared/format/measure';
import { ask, at } from '../app/api';
import { locale, words } from '../app/preferences';
import { may } from '../app/session';
import { crewById } from '../feed/city';
import type { OrderCost, OrderSummary } from '../feed/shapes';

/** What the job took: measured, tapped by the crew, or the usual. */
export function OrderCosts({ order: o }: { order: OrderSummary }) {
  const w = words.value;
  const cost = useSignal<OrderCost | null>(null);
  useEffect(() => {
    if (!may('costs.read')) return;
    const stop = new AbortController();
    // An order without costs is whole without them.
    ask<OrderCost>(at('work-orders', o.id, 'costs'), { signal: stop.signal }).then((answer) => (cost.value = answer), () => undefined);
    return () => stop.abort();
  }, [o.id, o.updatedAt]);
  const c = cost.value;
  if (!c || c.lines.length === 0) return null;
  const source: Record<string, string> = { measured: w.costMeasured, tapped: w.costTapped, preset: w.costPreset };
  return (
    <section class="card-part">
      <h3>{w.costs}<span class="sum">{money(locale.value, c.currency, c.cents)}</span></h3>
      <table class="lines">
        <tbody>
          {c.lines.map((l, i) => (
            <tr key={`${l.code}${i}`}>
              <th scope="row">{l.code}{l.crew && c.lines.some((x) => x.crew !== l.crew) ? `, ${crewById.value.get(l.crew)?.name ?? l.crew}` : ''}</th>
              <td>{number(locale.value, l.quantity, l.quantity % 1 === 0 ? 0 : 2)} {l.unit}</td>
              <td class="quiet">{source[l.source] ?? l.source}</td>
              <td class="num">{money(locale.value, c.currency, l.cents)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
