import { useSignal } from '@preact/signals';
import { Icon } from '../../../shared/widgets/Icon';
import { at, send } from '../app/api';
import { catalogue, serviceOf, titleIn } from '../app/catalogue';
import { draft, forget } from '../app/drafts';
import { Area, Choice, Field, Problem, useStep } from '../app/form';
import { useKeys } from '../app/keys';
import { words } from '../app/preferences';
import { select } from '../app/selection';
import { may } from '../app/session';
import { toReview } from '../app/states';
import { orders } from '../feed/city';
import type { OrderSummary } from '../feed/shapes';

/** A crew says that it is done: A takes the work, R sends it back with a reason. Then the next one is shown. */
export function ReviewOrder({ order: o }: { order: OrderSummary }) {
  const w = words.value;
  const step = useStep(['reason', 'resolution']);
  const reason = draft(`send-back/${o.id}`);
  const asking = useSignal(reason.peek() !== '');
  const resolution = draft(`review/${o.id}`, o.resolution ?? '');
  const waits = o.state === 'field-complete' && may('orders.review');
  const decide = async (accept: boolean) => {
    const all = toReview(orders.peek());
    const next = all[all.findIndex((x) => x.id === o.id) + 1];
    const other = accept && resolution.value && resolution.value !== o.resolution ? { resolution: resolution.value } : {};
    const said = accept ? {} : { reason: reason.value.trim() };
    if (!(await step.run(() => send(at('work-orders', o.id, 'review'), { accept, ...said, ...other })))) return;
    forget(`send-back/${o.id}`, `review/${o.id}`);
    asking.value = false;
    if (next) select({ kind: 'order', id: next.id });
  };
  useKeys([
    { key: 'a', say: (words) => words.takeWork, run: () => void decide(true) },
    { key: 'r', say: (words) => words.sendBack, run: () => (asking.value = !asking.value) },
  ], waits);
  if (!waits) return null;
  const codes = serviceOf(o.service)?.resolutions ?? [];
  return (
    <section class="card-part review-part" aria-label={w.reviewWork}>
      <h3>{w.reviewWork}</h3>
      {codes.length > 0 && (
        <Field label={w.resolution} error={step.fields.value.resolution ?? ''}>
          {(tie) => (
            <Choice {...tie} text={resolution}>
              {!codes.includes(resolution.value) && <option value={resolution.value}>{resolution.value || w.asCrewSaid}</option>}
              {catalogue.value.resolutions.filter((r) => codes.includes(r.code)).map((r) => <option key={r.code} value={r.code}>{titleIn(r)}</option>)}
            </Choice>
          )}
        </Field>
      )}
      <div class="pair">
        <button type="button" class="primary" disabled={step.busy.value} onClick={() => void decide(true)}>
          <Icon name="check" size={17} /> {w.takeWork} <kbd>A</kbd>
        </button>
        <button type="button" class="secondary" aria-expanded={asking.value} disabled={step.busy.value} onClick={() => (asking.value = !asking.value)}>
          <Icon name="cross" size={17} /> {w.sendBack} <kbd>R</kbd>
        </button>
      </div>
      {asking.value && (
        <form
          class="form"
          onSubmit={(e) => {
            e.preventDefault();
            void decide(false);
          }}
        >
          <Field label={w.sendBackWhy} hint={w.sendBackHint} error={step.fields.value.reason ?? ''}>
            {(tie) => <Area {...tie} text={reason} required maxLength={200} rows={2} autofocus />}
          </Field>
          <button type="submit" class="primary" disabled={step.busy.value || reason.value.trim() === ''}>{w.sendBack}</button>
        </form>
      )}
      <Problem step={step} />
    </section>
  );
}
