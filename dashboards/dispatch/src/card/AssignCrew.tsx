import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { send } from '../app/api';
import { words } from '../app/preferences';
import { may } from '../app/session';
import { needsSomebody, orderIsOpen, unitState, unitWord } from '../app/states';
import { crews, orders, picture, unitById } from '../feed/city';
import type { CrewSummary, OrderSummary, RequestSummary } from '../feed/shapes';
import { openOrdersOf } from '../lists/CrewList';

/** Crews that can take work now, the least loaded first. */
const ready = () =>
  crews.value
    .filter((c) => c.shift === 'on' || c.shift === 'callOut')
    .sort((a, b) => openOrdersOf(a.id) - openOrdersOf(b.id) || a.name.localeCompare(b.name));

/** The same crews in the order in which they were offered, newcomers last: a list that moves under the hand sends the wrong crew. */
const offered = (order: readonly string[]) => {
  const place = (c: CrewSummary) => (order.includes(c.id) ? order.indexOf(c.id) : order.length);
  return ready().sort((a, b) => place(a) - place(b));
};

export function AssignCrew({ request, onDone }: { request: RequestSummary; onDone: () => void }) {
  const w = words.value;
  const box = useRef<HTMLDivElement>(null);
  const open = useSignal(false);
  const shown = useSignal<string[]>([]);
  const busy = useSignal('');
  const problem = useSignal('');
  if (!may('orders.write') || request.status !== 'open' || needsSomebody(request.stage)) return null;
  const order = orders.value.find((o) => o.request === request.number && orderIsOpen(o));
  const assign = async (crew: CrewSummary) => {
    busy.value = crew.id;
    problem.value = '';
    try {
      if (order) await send<OrderSummary>(`/api/work-orders/${encodeURIComponent(order.id)}/assign`, { crew: crew.id });
      else await send<OrderSummary>('/api/work-orders', { request: request.number, crew: crew.id });
      open.value = false;
      onDone();
    } catch (e) {
      problem.value = (e as Error).message;
    }
    busy.value = '';
  };
  const toggle = () => {
    if (!open.value) shown.value = ready().map((c) => c.id);
    open.value = !open.value;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open.value) return;
    open.value = false;
    box.current?.querySelector<HTMLElement>('.primary')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from any of its buttons
    <div class="assign" ref={box} onKeyDown={onKey}>
      <button type="button" class="primary" aria-expanded={open.value} onClick={toggle}>
        <Icon name="crew" size={17} /> {order?.crew ? w.reassign : w.assignCrew}
      </button>
      {open.value && (
        <div class="assign-menu">
          <p class="hint">{ready().length > 0 ? w.chooseCrew : w.noCrewOnShift}</p>
          <ul>
            {offered(shown.value).map((crew) => (
              <li key={crew.id}>
                <button type="button" disabled={busy.value !== '' || crew.id === order?.crew} onClick={() => void assign(crew)}>
                  <b>{crew.name}</b>
                  <span>{whereabouts(crew)}</span>
                  <span class="load">{w.crewLoad(openOrdersOf(crew.id))}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
    </div>
  );
}

function whereabouts(crew: CrewSummary): string {
  const unit = crew.vehicle ? unitById.value.get(crew.vehicle) : undefined;
  if (!unit) return '';
  return `${unit.name} · ${unitWord(words.value, unitState(unit, picture.places.get(unit.n)?.activity))}`;
}
