import { computed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { number } from '../../../shared/format/measure';
import { Chip, PriorityChip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { Tabs } from '../../../shared/widgets/Tabs';
import { WindowList } from '../../../shared/widgets/WindowList';
import { ask } from '../app/api';
import { Empty } from '../app/Empty';
import { locale, words } from '../app/preferences';
import { filtersOf, flyTo, select, selection, setFilters } from '../app/selection';
import { deliveryWord, orderColor, orderIsOpen, orderWord, titleOf, toReview } from '../app/states';
import { EmergencyMark } from '../card/Emergency';
import { orders } from '../feed/city';
import type { OrderSummary } from '../feed/shapes';
import { Target } from '../queue/RequestRow';

const tests = {
  open: orderIsOpen,
  unassigned: (o: OrderSummary) => o.state === 'unassigned',
  review: (o: OrderSummary) => o.state === 'field-complete',
  done: (o: OrderSummary) => ['reviewed', 'temporary-repair', 'cancelled'].includes(o.state),
};
type Tab = keyof typeof tests;
const tab = computed<Tab>(() => (filtersOf('orders').tab as Tab | undefined) ?? 'open');

const MOST_DONE = 200;

export function OrderList() {
  const w = words.value;
  const done = useSignal<OrderSummary[]>([]);
  useEffect(() => {
    // The feed brings open orders and what changes; what was done before the page opened is asked for.
    Promise.all(['field-complete', 'reviewed'].map((state) => ask<{ items: OrderSummary[] }>(`/api/work-orders?state=${state}&limit=${MOST_DONE}`)))
      .then((answers) => {
        done.value = answers.flatMap((answer) => answer.items);
      })
      .catch(() => {
        // The open ones are the work; the tab then holds what finished since.
      });
  }, []);
  const live = new Set(orders.value.map((o) => o.id));
  const all = [...orders.value, ...done.value.filter((o) => !live.has(o.id))];
  const count = (id: keyof typeof tests) => number(locale.value, all.filter(tests[id]).length);
  const test = tests[tab.value] ?? tests.open;
  const shown = tab.value === 'review' ? toReview(all) : all.filter(test).sort((a, b) => a.priority - b.priority || (a.number < b.number ? 1 : -1));
  const chosen = selection.value;
  return (
    <>
      <header class="list-head">
        <h2>{w.orders}</h2>
        <span class="count-pill">{number(locale.value, shown.length)}</span>
      </header>
      <Tabs
        label={w.orders} selected={tab.value} onSelect={(id) => setFilters('orders', id === 'open' ? {} : { tab: id })}
        tabs={[
          { id: 'open', text: w.tabOpen, count: count('open') },
          { id: 'unassigned', text: w.tabUnassigned, count: count('unassigned') },
          { id: 'review', text: w.tabReview, count: count('review') },
          { id: 'done', text: w.tabFinished },
        ]}
      />
      <WindowList
        label={w.orders} items={shown} keyOf={(o) => o.id} rowHeight={86}
        selected={chosen?.kind === 'order' ? chosen.id : (shown.find((o) => chosen?.kind === 'request' && o.request === chosen.id)?.id ?? null)}
        onSelect={(o) => {
          select({ kind: 'order', id: o.id });
          flyTo.value = { lat: o.lat, lon: o.lon };
        }}
        row={(o) => <OrderRow order={o} />} empty={<Empty icon="order" text={w.noOrders} />}
      />
    </>
  );
}

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
        <span class="row-source"><EmergencyMark order={o} /><Chip color={orderColor(o.state)}>{orderWord(w, o.state)}</Chip>{deliveryWord(w, o)}</span>
        <span class={`row-crew${o.crewName ? '' : ' none'}`}>
          {o.crewName && <Icon name="crew" size={13} />}
          <span>{o.crewName ?? w.unassigned}</span>
        </span>
      </div>
    </div>
  );
}
