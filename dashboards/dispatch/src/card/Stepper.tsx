import { words } from '../app/preferences';
import { STEPS, stageWord, stepOf } from '../app/states';
import type { RequestSummary } from '../feed/shapes';

/** Where a request stands: exactly one step is current. */
export function Stepper({ request: r }: { request: RequestSummary }) {
  const w = words.value;
  if (r.status === 'withdrawn') return <p class="withdrawn">{w.withdrawnHint}</p>;
  const at = stepOf(r);
  return (
    <ol class="stepper">
      {STEPS.map((step, i) => (
        <li key={step} class={i < at ? 'past' : i === at ? 'now' : ''} aria-current={i === at ? 'step' : undefined}>
          <span class="dot" aria-hidden="true" />
          <span>{i === at && r.status === 'open' && stageWord(w, r.stage) !== r.stage ? stageWord(w, r.stage) : stageWord(w, step)}</span>
        </li>
      ))}
    </ol>
  );
}
