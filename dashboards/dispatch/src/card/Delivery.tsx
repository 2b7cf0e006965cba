import { Icon, type IconName } from '../../../shared/widgets/Icon';
import { words } from '../app/preferences';
import type { OrderSummary } from '../feed/shapes';

const STEPS: readonly NonNullable<OrderSummary['delivery']>[] = ['sent', 'on-vehicle', 'seen'];
const ICONS: readonly IconName[] = ['sent', 'unit', 'seen'];

/** How far an order got that its crew has not answered yet: sent, on the vehicle, seen by the crew. */
export function Delivery({ order: o }: { order: OrderSummary }) {
  const w = words.value;
  if (o.state !== 'assigned') return null;
  const at = o.delivery ? STEPS.indexOf(o.delivery) : -1;
  if (at < 0) return <p class="delivery-none hint"><Icon name="gone" size={14} /> {w.orderWaiting}</p>;
  const texts = [w.orderSent, w.orderOnVehicle, w.orderSeen];
  return (
    <ol class="delivery" aria-label={w.deliveryLabel}>
      {STEPS.map((step, i) => (
        <li key={step} class={i <= at ? 'done' : ''} aria-current={i === at ? 'step' : undefined}>
          <Icon name={ICONS[i] ?? 'sent'} size={14} /> {texts[i]}
        </li>
      ))}
    </ol>
  );
}
