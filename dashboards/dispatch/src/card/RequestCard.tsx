import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { moment } from '../../../shared/format/time';
import { Chip, PriorityChip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { ApiError, ask } from '../app/api';
import { departmentName, districtName, pauseName, resolutionName } from '../app/catalogue';
import { Empty } from '../app/Empty';
import { locale, words } from '../app/preferences';
import { flyTo, select } from '../app/selection';
import { mapInfo } from '../app/session';
import { orderColor, orderWord, repairWord, serviceIcon, serviceWord, sourceWord, titleOf } from '../app/states';
import { hubNow, orders, requestByNumber, unitById } from '../feed/city';
import type { RequestDetail, RequestSummary } from '../feed/shapes';
import { Target } from '../queue/RequestRow';
import { AssignCrew } from './AssignCrew';
import { ChangePart } from './ChangePart';
import { CardHead } from './CardHead';
import { Delivery } from './Delivery';
import { EmergencyMark } from './Emergency';
import { EvidenceList } from './EvidenceList';
import { OrderFiles } from './OrderFiles';
import { RequestHistory } from './RequestHistory';
import { ReviewPart } from './ReviewPart';
import { SameAs } from './SameAs';
import { Stepper } from './Stepper';
import { WhosePart } from './WhosePart';

export function RequestCard({ id }: { id: string }) {
  const w = words.value;
  const detail = useSignal<RequestDetail | null>(null);
  const problem = useSignal('');
  const again = useSignal(0);
  const live = requestByNumber.value.get(id);
  const version = live?.updatedAt;
  useEffect(() => {
    const stop = new AbortController();
    ask<RequestDetail>(`/api/requests/${encodeURIComponent(id)}`, { signal: stop.signal })
      .then((answer) => {
        detail.value = answer;
        problem.value = '';
      })
      .catch((e: Error) => {
        if (!stop.signal.aborted) problem.value = e instanceof ApiError && e.status === 404 ? w.notFound : e.message;
      });
    return () => stop.abort();
  }, [id, version, again.value]);
  const known = detail.value?.number === id ? detail.value : null;
  const r: RequestSummary | null = live ?? known;
  if (!r) return <Empty icon="request" text={problem.value || w.loading} hint={id} />;
  return (
    <>
      <CardHead
        icon={serviceIcon(r.service)} title={titleOf(w, r)} sub={titleOf(w, r) === serviceWord(w, r.service) ? r.number : `${r.number} · ${serviceWord(w, r.service)}`}
        side={<PriorityChip priority={r.priority} title={w.priority(r.priority)} />}
      />
      <div class="card-body">
        <section class="card-part target-part">
          <div>
            <h3>{w.targetDate}</h3>
            <p class="big">{r.targetAt ? moment(locale.value, Date.parse(r.targetAt), hubNow(), mapInfo.value?.timeZone) : '–'}</p>
          </div>
          {r.status === 'open' ? <Target at={r.targetAt} /> : <Chip>{r.status === 'closed' ? w.statusClosed : w.statusWithdrawn}</Chip>}
        </section>
        <Stepper request={r} />
        <ReviewPart request={r} />
        <Facts r={r} known={known} />
        {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
        <ChangePart request={r} detail={known} onDone={() => again.value++} />
        <WhosePart request={r} />
        {known && <Orders detail={known} />}
        {known && <SameAs request={r} detail={known} />}
        {known && <EvidenceList evidence={known.evidence ?? []} />}
        {known && <RequestHistory detail={known} onChange={() => again.value++} />}
      </div>
      <footer class="card-foot">
        <AssignCrew request={r} onDone={() => again.value++} />
        <button type="button" class="secondary" onClick={() => (flyTo.value = { lat: r.lat, lon: r.lon, zoom: 17 })}>
          <Icon name="target" size={17} /> {w.openInMap}
        </button>
      </footer>
    </>
  );
}

function Facts({ r, known }: { r: RequestSummary; known: RequestDetail | null }) {
  const w = words.value;
  const description = known?.description;
  const [proposed, repair] = [known?.automation, known?.verification];
  const other = proposed?.followUpOf ?? proposed?.followUp;
  return (
    <dl class="facts">
      <dt>{w.address}</dt><dd>{r.address ?? '–'}</dd>
      {r.pole && (<><dt>{w.pole}</dt><dd>{r.pole}</dd></>)}
      {r.district && (<><dt>{w.district}</dt><dd>{districtName(r.district)}</dd></>)}
      {r.department && (<><dt>{w.department}</dt><dd>{departmentName(r.department)}</dd></>)}
      <dt>{w.source}</dt><dd>{sourceWord(w, r.source)}</dd>
      <dt>{w.opened}</dt><dd>{moment(locale.value, Date.parse(r.openedAt), hubNow(), mapInfo.value?.timeZone)}</dd>
      <dt>{w.crew}</dt><dd>{r.crew ?? w.unassigned}</dd>
      {r.waitReason && r.stage === 'waiting' && (<><dt>{w.waitsFor}</dt><dd>{pauseName(r.waitReason)}</dd></>)}
      {r.resolution && r.status !== 'open' && (<><dt>{w.resolution}</dt><dd>{resolutionName(r.resolution)}</dd></>)}
      {r.parent && (<><dt>{w.repeats}</dt><dd><button type="button" class="link" onClick={() => select({ kind: 'request', id: r.parent ?? '' })}>{r.parent}</button></dd></>)}
      {(r.reports ?? 0) > 0 && (<><dt>{w.repeatedBy}</dt><dd>{w.reportsCount(r.reports ?? 0)}</dd></>)}
      {proposed && (<><dt>{w.proposed}</dt><dd>{(r.pole ? w.darkBy : w.proposedBy)(proposed.passesFor, proposed.passesAgainst, proposed.rule)}</dd></>)}
      {other && (<><dt>{proposed?.followUpOf ? w.followUpOf : w.followUp}</dt><dd><button type="button" class="link" onClick={() => select({ kind: 'request', id: other })}>{other}</button></dd></>)}
      {repair && (<><dt>{w.repair}</dt><dd>{repairWord(w, repair)}</dd></>)}
      {description && (<><dt>{w.description}</dt><dd>{description}</dd></>)}
    </dl>
  );
}

function Orders({ detail }: { detail: RequestDetail }) {
  const w = words.value;
  // How far an order got changes while the request itself stays as it is: the feed knows first.
  const live = new Map(orders.value.map((o) => [o.id, o]));
  const shown = (detail.orders ?? []).map((o) => live.get(o.id) ?? o);
  return (
    <section class="card-part">
      <h3>{w.orders}</h3>
      {shown.length === 0 && <p class="hint">{w.ordersNone}</p>}
      <ul>
        {shown.map((o) => (
          <li key={o.id} class="order-line">
            <button type="button" class="link" onClick={() => select({ kind: 'order', id: o.id })}>{o.number}</button>
            <EmergencyMark order={o} />
            <Chip color={orderColor(o.state)}>{orderWord(w, o.state)}</Chip>
            <span>{o.crewName ?? w.unassigned}</span>
            {o.vehicle && (
              <button type="button" class="link" onClick={() => select({ kind: 'unit', id: o.vehicle ?? '' })}>{unitById.value.get(o.vehicle)?.name ?? o.vehicle}</button>
            )}
            <Delivery order={o} />
            <OrderFiles order={o} />
          </li>
        ))}
      </ul>
    </section>
  );
}
