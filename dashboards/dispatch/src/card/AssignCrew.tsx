import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { assignTo, openOrderOf } from '../assign/assign';
import { CrewChoice } from '../assign/CrewChoice';
import { Problem, useStep } from '../app/form';
import { useKeys } from '../app/keys';
import { words } from '../app/preferences';
import { may } from '../app/session';
import { needsSomebody, orderIsOpen } from '../app/states';
import { orders } from '../feed/city';
import type { RequestSummary } from '../feed/shapes';

export function AssignCrew({ request, onDone }: { request: RequestSummary; onDone: () => void }) {
  const w = words.value;
  const box = useRef<HTMLDivElement>(null);
  const open = useSignal(false);
  const step = useStep();
  const possible = may('orders.write') && request.status === 'open' && !needsSomebody(request.stage);
  useKeys([{ key: 'c', say: (words) => words.assignCrew, run: () => (open.value = !open.value) }], possible);
  if (!possible) return null;
  const order = orders.value.find((o) => o.request === request.number && orderIsOpen(o));
  const assign = async (crew: { id: string; name: string }) => {
    if (!(await step.run(() => assignTo(crew, [request.number])))) return;
    open.value = false;
    onDone();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open.value) return;
    open.value = false;
    event.stopPropagation();
    box.current?.querySelector<HTMLElement>('.primary')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from any of its buttons
    <div class="assign" ref={box} onKeyDown={onKey}>
      <button type="button" class="primary" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
        <Icon name="crew" size={17} /> {order?.crew ? w.reassign : w.assignCrew} <kbd>C</kbd>
      </button>
      {open.value && (
        <div class="assign-menu">
          <CrewChoice takesKeys requests={[request.number]} has={openOrderOf(request.number)?.crew} busy={step.busy.value} onChoose={(crew) => void assign(crew)} />
        </div>
      )}
      <Problem step={step} />
    </div>
  );
}
