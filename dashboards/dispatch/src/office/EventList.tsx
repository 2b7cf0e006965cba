import { useSignal } from '@preact/signals';
import { money, number } from '../../../shared/format/measure';
import { fullMoment, moment } from '../../../shared/format/time';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { ask, at, send } from '../app/api';
import { serviceName } from '../app/catalogue';
import { Empty } from '../app/Empty';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { mapInfo, may } from '../app/session';
import { willDo } from '../app/undo';
import { crewById, hubNow } from '../feed/city';
import type { CityEvent, CostSum } from '../feed/shapes';
import { EventForm, eventKind } from './EventForm';

const AGAIN_MS = 20_000;

/** Snow, flood: what stands still for their time, and what their work cost. */
export function EventList() {
  const w = words.value;
  const again = useSignal(0);
  const { value, problem } = usePolled<{ items: CityEvent[] }>(`/api/city-events?limit=50#${again.value}`, AGAIN_MS);
  const beginning = useSignal(false);
  const items = [...(value.value?.items ?? [])].sort((a, b) => Number(a.to !== null) - Number(b.to !== null) || Date.parse(b.from) - Date.parse(a.from));
  return (
    <>
      <header class="list-head">
        <h2>{w.navEvents}</h2>
        {may('events.write') && (
          <button type="button" class="secondary small push" aria-expanded={beginning.value} onClick={() => (beginning.value = !beginning.value)}>
            <Icon name="plus" size={15} /> {w.eventBegin}
          </button>
        )}
      </header>
      <div class="plain-list">
        {beginning.value && <EventForm onDone={() => {
          beginning.value = false;
          again.value++;
        }} />}
        {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
        {!value.value && !problem.value && <Empty icon="event" text={w.loading} />}
        {value.value && items.length === 0 && !beginning.value && <Empty icon="event" text={w.noEvents} hint={w.noEventsHint} />}
        <ul>{items.map((e) => <EventRow key={e.id} event={e} onEnd={() => again.value++} />)}</ul>
      </div>
    </>
  );
}

interface EventWork {
  currency: string;
  cents: number;
  labourHours: number;
  kinds: CostSum[];
  crews: CostSum[];
  orders: CostSum[];
}

function EventRow({ event: e, onEnd }: { event: CityEvent; onEnd: () => void }) {
  const w = words.value;
  const zone = mapInfo.value?.timeZone;
  const work = useSignal<EventWork | null>(null);
  const problem = useSignal('');
  const ending = useSignal(false);
  const read = async () => {
    try {
      work.value = await ask<EventWork>(at('city-events', e.id, 'work'));
    } catch (x) {
      problem.value = (x as Error).message;
    }
  };
  const end = () => {
    ending.value = true;
    willDo(w.eventEnds(e.name), async () => {
      await send(at('city-events', e.id, 'end'), {});
      onEnd();
    }, () => (ending.value = false));
  };
  const services = (codes: string[]) => codes.map(serviceName).join(', ');
  return (
    <li class="event-row">
      <p class="event-head">
        <b>{e.name}</b>
        <Chip color={e.to ? 'var(--ink-3)' : 'var(--accent)'}>{e.to ? w.eventOver : w.eventNow}</Chip>
      </p>
      <dl class="facts">
        <dt>{w.eventKind}</dt><dd>{eventKind(w, e.kind)}</dd>
        <dt>{w.eventSince}</dt><dd>{moment(locale.value, Date.parse(e.from), hubNow(), zone)} · {e.begunBy}</dd>
        {e.to && (<><dt>{w.until}</dt><dd>{fullMoment(locale.value, Date.parse(e.to), zone)} · {e.endedBy}</dd></>)}
        <dt>{w.eventSuspends}</dt><dd>{services(e.suspends) || w.none}</dd>
        <dt>{w.eventServices}</dt><dd>{services(e.services) || w.all}</dd>
        {e.reimbursement && (<><dt>{w.eventTag}</dt><dd>{e.reimbursement}</dd></>)}
      </dl>
      {work.value && <Work work={work.value} />}
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      <p class="row-buttons">
        {may('costs.read') && !work.value && <button type="button" class="secondary small" onClick={() => void read()}><Icon name="coins" size={15} /> {w.eventWork}</button>}
        {!e.to && may('events.write') && <button type="button" class="secondary small" disabled={ending.value} onClick={end}>{w.eventEnd}</button>}
      </p>
    </li>
  );
}

function Work({ work }: { work: EventWork }) {
  const w = words.value;
  const table = (title: string, rows: CostSum[], name: (s: string) => string) => rows.length > 0 && (
    <table class="lines">
      <caption>{title}</caption>
      <tbody>
        {rows.slice(0, 12).map((r) => (
          <tr key={r.subject}>
            <th scope="row">{name(r.subject)}</th>
            <td class="num">{w.hoursShort(number(locale.value, r.labourHours, 1))}</td>
            <td class="num">{money(locale.value, work.currency, r.cents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return (
    <div class="event-work">
      <p><b>{money(locale.value, work.currency, work.cents)}</b> <span class="hint">{w.eventOrders(work.orders.length)} · {w.hoursShort(number(locale.value, work.labourHours, 1))}</span></p>
      {table(w.costsByKind, work.kinds, (s) => s || w.none)}
      {table(w.crews, work.crews, (s) => crewById.value.get(s)?.name ?? s)}
    </div>
  );
}
