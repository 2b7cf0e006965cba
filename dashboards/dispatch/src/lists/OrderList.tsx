import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { number } from '../../../shared/format/measure';
import { Chip, PriorityChip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { Tabs } from '../../../shared/widgets/Tabs';
import { WindowList } from '../../../shared/widgets/WindowList';
import { ask } from '../app/api';
import { Empty } from '../app/Empty';
import { locale, words } from '../app/preferences';
import { flyTo, select, selection } from '../app/selection';
import { deliveryWord, orderIsOpen, orderWord, titleOf } from '../app/states';
import { orders } from '../feed/city';
import type { OrderSummary } from '../feed/shapes';
import { Target } from '../queue/RequestRow';

const tab = signal<'open' | 'unassigned' | 'done'>('open');
const tests = {
  open: orderIsOpen,
  unassigned: (o: OrderSummary) => o.state === 'unassigned',
  done: (o: OrderSummary) => ['field-complete', 'reviewed', 'temporary-repair'].includes(o.state),
};

const MOST_DONE = 200;

export function OrderList() {
  const w = words.value;
  const done = useSignal<OrderSummary[]>([]);
  useEffect(() => {
    // The feed brings open orders and what changes; what was done before the page opened is asked for.
    ask<{ items: OrderSummary[] }>(`/api/work-orders?state=field-complete&limit=${MOST_DONE}`)
      .then((answer) => {
        done.value = answer.items;
      })
      .catch(() => {
        // The open ones are the work; the tab then holds what finished since.
      });
  }, []);
  const live = new Set(orders.value.map((o) => o.id));
  const all = [...orders.value, ...done.value.filter((o) => !live.has(o.id))];
  const count = (id: keyof typeof tests) => number(locale.value, all.filter(tests[id]).length);
  const shown = all.filter(tests[tab.value]).sort((a, b) => a.priority - b.priority || (a.number < b.number ? 1 : -1));
  const chosen = selection.value?.kind === 'request' ? selection.value.id : null;
  return (
    <>
      <header class="list-head">
        <h2>{w.orders}</h2>
        <span class="count-pill">{number(locale.value, shown.length)}</span>
      </header>
      <Tabs
        label={w.orders} selected={tab.value} onSelect={(id) => (tab.value = id)}
        tabs={[
          { id: 'open', text: w.tabOpen, count: count('open') },
          { id: 'unassigned', text: w.tabUnassigned, count: count('unassigned') },
          { id: 'done', text: w.tabDone, count: count('done') },
        ]}
      />
      <WindowList
        label={w.orders} items={shown} keyOf={(o) => o.id} rowHeight={86}
        selected={shown.find((o) => o.request === chosen)?.id ?? null}
        onSelect={(o) => {
          if (o.request) select({ kind: 'request', id: o.request });
          flyTo.value = { lat: o.lat, lon: o.lon };
        }}
        row={(o) => <OrderRow order={o} />} empty={<Empty icon="order" text={w.noOrders} />}
      />
    </>
  );
}

export const orderColor = (state: string): string =>
  ({
    unassigned: 'var(--soon)', 'could-not-complete': 'var(--late)', suspended: 'var(--soon)', arrived: 'var(--unit-onsite)',
    started: 'var(--unit-onsite)', 'made-safe': 'var(--soon)', waiting: 'var(--soon)', 'temporary-repair': 'var(--good)',
    'field-complete': 'var(--good)', reviewed: 'var(--good)',
  })[state] ?? 'var(--accent)';

function OrderRow({ order: o }: { order: OrderSummary }) {
  const w = words.value;
  return (
    <div class="request-row">
      <PriorityChip priority={o.priority} title={w.priority(o.priority)} />
      <span class="row-title"><b>{titleOf(w, o)}</b></span>
      {orderIsOpen(o) ? <Target at={o.targetAt} /> : <span />}
      <span class="row-address with-number">
        <span>{o.address ?? ''}</span>
        <span class="row-number">{o.number}</span>
      </span>
      <div class="row-foot">
        <span class="row-source"><Chip color={orderColor(o.state)}>{orderWord(w, o.state)}</Chip>{deliveryWord(w, o)}</span>
        <span class={`row-crew${o.crewName ? '' : ' none'}`}>
          {o.crewName && <Icon name="crew" size={13} />}
          <span>{o.crewName ?? w.unassigned}</span>
        </span>
      </div>
    </div>
  );
}
