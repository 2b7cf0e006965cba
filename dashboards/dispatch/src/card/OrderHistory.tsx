import { distance } from '../../../shared/format/measure';
import { moment } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { resolutionName } from '../app/catalogue';
import { locale, words } from '../app/preferences';
import { mapInfo } from '../app/session';
import { eventWord } from '../app/states';
import { crewById, hubNow, unitById } from '../feed/city';
import type { OrderDetail, OrderEvent } from '../feed/shapes';

/** What was done with an order, newest first; visits that its state did not need below. */
export function OrderHistory({ detail: d }: { detail: OrderDetail }) {
  const w = words.value;
  const events = [...(d.history ?? [])].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const visits = d.linkedVisits ?? [];
  return (
    <>
      {events.length > 0 && (
        <section class="card-part">
          <h3>{w.history}</h3>
          <ol class="history">{events.map((e, i) => <Line key={`${e.at}${i}`} event={e} />)}</ol>
        </section>
      )}
      {visits.length > 0 && (
        <section class="card-part">
          <h3>{w.linkedVisits}</h3>
          <p class="hint">{w.linkedVisitsHint}</p>
          <ol class="history">{visits.map((e, i) => <Line key={`${e.at}${i}`} event={e} />)}</ol>
        </section>
      )}
    </>
  );
}

function Line({ event: e }: { event: OrderEvent }) {
  const w = words.value;
  const who = e.who ? (crewById.value.get(e.who)?.name ?? e.who) : '';
  const away = e.far && e.distanceM ? distance(locale.value, e.distanceM) : null;
  const by = e.source === 'radio' ? w.byRadio(e.member ?? '', who) : [who, e.member, e.vehicle && (unitById.value.get(e.vehicle)?.name ?? e.vehicle)].filter(Boolean).join(' · ');
  const said = [e.reason, e.resolution && resolutionName(e.resolution), e.to && `→ ${crewById.value.get(e.to)?.name ?? e.to}`, e.note].filter(Boolean).join(' · ');
  return (
    <li>
      <time>{moment(locale.value, Date.parse(e.at), hubNow(), mapInfo.value?.timeZone)}</time>
      <span>
        {e.source === 'radio' && <Icon name="phone" size={13} />}
        {eventWord(w, e.kind)}{said && `: ${said}`}
        <i>{by}{e.automatic ? ` · ${w.byItself}` : ''}{away ? ` · ${w.awayFrom(`${away.value} ${away.unit}`)}` : ''}</i>
      </span>
    </li>
  );
}
