import { useEffect, useRef } from 'preact/hooks';
import { distance } from '../../../shared/format/measure';
import { Glyph, serviceGlyph } from '../parts/Glyph';
import { jobs, look } from '../state/choice';
import { locale, words } from '../state/preferences';
import { due, orderTitle, stateName } from '../state/say';
import { isOpen, type ConsoleState, type Order } from '../state/shapes';
import { now } from '../state/stream';

export function JobList({ state, chosen }: { state: ConsoleState; chosen: Order | null }) {
  const w = words.value;
  const list = useRef<HTMLUListElement>(null);
  const id = chosen?.id;
  useEffect(() => {
    if (id) list.current?.querySelector(`[data-id="${CSS.escape(id)}"]`)?.scrollIntoView?.({ block: 'nearest' });
  }, [id]);
  if (jobs.value.length === 0) return <p class="job-list nothing">{w.noJobs}</p>;
  return (
    <ul class="job-list" ref={list} aria-label={w.jobs}>
      {jobs.value.map((o) => <JobRow key={o.id} order={o} chosen={o.id === id} near={state.nearby.includes(o.id)} />)}
    </ul>
  );
}

function JobRow({ order, chosen, near }: { order: Order; chosen: boolean; near: boolean }) {
  const w = words.value;
  const open = isOpen(order);
  const { text, is } = due(w, order, now.value);
  const away = order.distanceM === undefined ? null : distance(locale.value, order.distanceM);
  return (
    <li data-id={order.id}>
      <button type="button" class={`job p${order.priority}${open ? '' : ' done'}${order.emergency ? ' emergency' : ''}`} aria-current={chosen || undefined} onClick={() => look(order)}>
        <span class="tile"><Glyph name={open ? (order.emergency ? 'siren' : serviceGlyph(order.service)) : 'done'} size={34} /><span class="p">P{order.priority}</span></span>
        <span class="what">
          <b>{orderTitle(w, order)}</b>
          <span>{order.address ?? (order.pole ? w.pole(order.pole) : order.number)}</span>
          <span class={`due ${open ? is : ''}`}>
            {open && (order.state === 'assigned' || order.state === 'accepted') ? '' : `${stateName(w, order.state)}${open ? ' · ' : ''}`}{open && text}{open && is === 'late' && <Glyph name="due" size={18} />}
          </span>
        </span>
        {near && open ? <span class="away here">{w.here}</span> : away && <span class="away"><b>{away.value}</b>{away.unit}</span>}
      </button>
    </li>
  );
}
