import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { moment } from '../../../shared/format/time';
import { Chip, PriorityChip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { ApiError, ask, at } from '../app/api';
import { resolutionName, serviceName } from '../app/catalogue';
import { Empty } from '../app/Empty';
import { locale, words } from '../app/preferences';
import { flyTo, select } from '../app/selection';
import { mapInfo } from '../app/session';
import { orderColor, orderIsOpen, orderWord, serviceIcon, titleOf } from '../app/states';
import { hubNow, orders, unitById } from '../feed/city';
import type { OrderDetail, OrderSummary } from '../feed/shapes';
import { Target } from '../queue/RequestRow';
import { CardHead } from './CardHead';
import { Delivery } from './Delivery';
import { EmergencyMark } from './Emergency';
import { OrderCosts } from './OrderCosts';
import { OrderFiles } from './OrderFiles';
import { OrderHistory } from './OrderHistory';
import { OrderPoints } from './OrderPoints';
import { OrderSteps } from './OrderSteps';
import { ReviewOrder } from './ReviewOrder';

/** One work order: where it stands, what was done and used, and what the office can do about it. */
export function OrderCard({ id }: { id: string }) {
  const w = words.value;
  const detail = useSignal<OrderDetail | null>(null);
  const problem = useSignal('');
  const live = orders.value.find((o) => o.id === id);
  useEffect(() => {
    const stop = new AbortController();
    ask<OrderDetail>(at('work-orders', id), { signal: stop.signal }).then((answer) => {
      detail.value = answer;
      problem.value = '';
    }, (e: Error) => {
      if (!stop.signal.aborted) problem.value = e instanceof ApiError && e.status === 404 ? w.notFound : e.message;
    });
    return () => stop.abort();
  }, [id, live?.updatedAt]);
  const o: OrderSummary | undefined = live ?? detail.value?.order;
  if (!o) return <Empty icon="order" text={problem.value || w.loading} hint={id} />;
  const d = detail.value;
  return (
    <>
      <CardHead icon={serviceIcon(o.service)} title={titleOf(w, o)} sub={o.number} side={<PriorityChip priority={o.priority} title={w.priority(o.priority)} />} />
      <div class="card-body">
        <section class="card-part target-part">
          <div>
            <h3>{w.targetDate}</h3>
            <p class="big">{o.targetAt ? moment(locale.value, Date.parse(o.targetAt), hubNow(), mapInfo.value?.timeZone) : '–'}</p>
          </div>
          {orderIsOpen(o) ? <Target at={o.targetAt} /> : <Chip color={orderColor(o.state)}>{orderWord(w, o.state)}</Chip>}
        </section>
        <p class="state-line">
          <Chip color={orderColor(o.state)}>{orderWord(w, o.state)}</Chip>
          <EmergencyMark order={o} />
          {o.far && <Chip color="var(--soon)">{w.farAway}</Chip>}
          {o.byCrew && <Chip>{w.onTheSpot}</Chip>}
          <Delivery order={o} />
        </p>
        <ReviewOrder order={o} />
        <Facts o={o} d={d} />
        {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
        <OrderFiles order={o} />
        {d && <OrderPoints detail={d} />}
        <OrderCosts order={o} />
        {d && <OrderHistory detail={d} />}
      </div>
      <footer class="card-foot">
        <OrderSteps order={o} />
        <button type="button" class="secondary square" title={w.openInMap} aria-label={w.openInMap} onClick={() => (flyTo.value = { lat: o.lat, lon: o.lon, zoom: 17 })}>
          <Icon name="target" size={18} />
        </button>
      </footer>
    </>
  );
}

function Facts({ o, d }: { o: OrderSummary; d: OrderDetail | null }) {
  const w = words.value;
  const link = (kind: 'request' | 'order' | 'unit', id: string, text = id) => <button type="button" class="link" onClick={() => select({ kind, id })}>{text}</button>;
  return (
    <dl class="facts">
      <dt>{w.address}</dt><dd>{o.address ?? '–'}</dd>
      <dt>{w.service}</dt><dd>{serviceName(o.service)}</dd>
      {o.request && (<><dt>{w.request}</dt><dd>{link('request', o.request)}</dd></>)}
      <dt>{w.crew}</dt><dd>{o.crewName ?? w.unassigned}</dd>
      {o.vehicle && (<><dt>{w.unit}</dt><dd>{link('unit', o.vehicle, unitById.value.get(o.vehicle)?.name ?? o.vehicle)}</dd></>)}
      {(d?.reason ?? o.reason) && (<><dt>{w.reason}</dt><dd>{d?.reason ?? o.reason}</dd></>)}
      {o.resolution && (<><dt>{w.resolution}</dt><dd>{resolutionName(o.resolution)}</dd></>)}
      {o.until && (<><dt>{w.until}</dt><dd>{moment(locale.value, Date.parse(o.until), hubNow(), mapInfo.value?.timeZone)}</dd></>)}
      {o.follows && (<><dt>{w.followsOrder}</dt><dd>{link('order', o.follows)}</dd></>)}
      {d?.followedBy && (<><dt>{w.followedByOrder}</dt><dd>{link('order', d.followedBy)}</dd></>)}
      {(d?.cityEvents ?? []).map((e) => (<><dt>{w.event}</dt><dd>{e.name}</dd></>))}
      {d?.note && (<><dt>{w.description}</dt><dd>{d.note}</dd></>)}
    </dl>
  );
}
