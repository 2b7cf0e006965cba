import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../../../shared/widgets/Icon';
import { assignOrder } from '../assign/assign';
import { CrewChoice } from '../assign/CrewChoice';
import { at, send } from '../app/api';
import { draft, forget } from '../app/drafts';
import { Field, Line, Problem, useStep } from '../app/form';
import { useKeys } from '../app/keys';
import { words } from '../app/preferences';
import { may } from '../app/session';
import { orderIsOpen } from '../app/states';
import type { OrderSummary } from '../feed/shapes';
import { EmergencyChoice } from './Emergency';
import { RadioReport } from './RadioReport';

type Panel = '' | 'crew' | 'emergency' | 'radio' | 'cancel';
const NOT_BEGUN = ['unassigned', 'assigned', 'accepted', 'handed-over'];

/** What the office can do with an open order. */
export function OrderSteps({ order: o }: { order: OrderSummary }) {
  const w = words.value;
  const box = useRef<HTMLDivElement>(null);
  const open = useSignal<Panel>('');
  const step = useStep();
  const possible = may('orders.write') && orderIsOpen(o);
  const toggle = (panel: Panel) => (open.value = open.value === panel ? '' : panel);
  useKeys([
    { key: 'c', say: (words) => words.assignCrew, run: () => toggle('crew') },
    { key: 't', say: (words) => words.radioTitle, run: () => toggle('radio') },
  ], possible);
  if (!possible) return null;
  const done = () => {
    open.value = '';
  };
  const give = async (crew: { id: string; name: string } | null) => {
    if (await step.run(() => assignOrder(o, crew))) done();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from any of its buttons
    <div
      class="assign" ref={box}
      onKeyDown={(e) => {
        if (e.key !== 'Escape' || !open.value) return;
        done();
        e.stopPropagation();
        box.current?.querySelector<HTMLElement>('button')?.focus();
      }}
    >
      <div class="pair">
        <button type="button" class="primary" aria-expanded={open.value === 'crew'} onClick={() => toggle('crew')}>
          <Icon name="crew" size={17} /> {o.crew ? w.reassign : w.assignCrew}
        </button>
        <button type="button" class="secondary" aria-expanded={open.value === 'radio'} title={w.radioTitle} onClick={() => toggle('radio')}>
          <Icon name="phone" size={17} /> {w.radio}
        </button>
      </div>
      {open.value !== '' && (
        <div class="assign-menu">
          {open.value === 'crew' && (
            <>
              <CrewChoice takesKeys requests={o.request ? [o.request] : []} order={o.id} has={o.crew} busy={step.busy.value} onChoose={(crew) => void give(crew)} />
              <p class="more-steps">
                {o.crew && <button type="button" class="link" onClick={() => void give(null)}>{w.takeBack}</button>}
                <button type="button" class="link late" onClick={() => toggle('emergency')}>{w.emergencySend}</button>
                {NOT_BEGUN.includes(o.state) && <button type="button" class="link" onClick={() => toggle('cancel')}>{w.cancelOrder}</button>}
              </p>
            </>
          )}
          {open.value === 'emergency' && <EmergencyChoice order={o.id} request={o.request ?? undefined} onDone={done} />}
          {open.value === 'radio' && <RadioReport order={o} onDone={done} />}
          {open.value === 'cancel' && <Cancel order={o} onDone={done} />}
          <Problem step={step} />
        </div>
      )}
    </div>
  );
}

function Cancel({ order: o, onDone }: { order: OrderSummary; onDone: () => void }) {
  const w = words.value;
  const step = useStep(['reason']);
  const reason = draft(`cancel/${o.id}`);
  return (
    <form
      class="form"
      onSubmit={async (e) => {
        e.preventDefault();
        if (!(await step.run(() => send(at('work-orders', o.id, 'cancel'), { reason: reason.value.trim() })))) return;
        forget(`cancel/${o.id}`);
        onDone();
      }}
    >
      <Field label={w.cancelWhy} error={step.fields.value.reason ?? ''}>{(tie) => <Line {...tie} text={reason} required maxLength={200} autofocus />}</Field>
      <button type="submit" class="primary" disabled={step.busy.value}>{w.cancelOrder}</button>
      <Problem step={step} />
    </form>
  );
}
