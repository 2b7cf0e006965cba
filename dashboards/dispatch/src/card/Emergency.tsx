import { useSignal } from '@preact/signals';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { sendEmergency } from '../assign/assign';
import { CrewChoice } from '../assign/CrewChoice';
import { Problem, useStep } from '../app/form';
import { words } from '../app/preferences';
import { select } from '../app/selection';
import type { OrderSummary } from '../feed/shapes';

/** Whether the crew has said that it read the emergency. */
export function EmergencyMark({ order: o }: { order: OrderSummary }) {
  const w = words.value;
  if (!o.emergency) return null;
  return (
    <Chip color={o.mustAcknowledge ? 'var(--late)' : 'var(--good)'}>
      <Icon name={o.mustAcknowledge ? 'bell' : 'check'} size={13} /> {o.mustAcknowledge ? w.emergencyUnread : w.emergencyRead}
    </Chip>
  );
}

/** Suspends what a crew works on and sends it here. */
export function EmergencyChoice({ order, request, onDone }: { order?: string | undefined; request?: string | undefined; onDone: () => void }) {
  const w = words.value;
  const step = useStep();
  const sent = useSignal(false);
  return (
    <section class="step-panel" aria-label={w.emergency}>
      <p class="hint">{w.emergencyHint}</p>
      <CrewChoice
        takesKeys requests={request ? [request] : []} order={order} busy={step.busy.value || sent.value}
        onChoose={(crew) =>
          void step.run(async () => {
            const made = await sendEmergency(crew.id, { order, request });
            sent.value = true;
            onDone();
            select({ kind: 'order', id: made.id });
          })}
      />
      <Problem step={step} />
    </section>
  );
}
