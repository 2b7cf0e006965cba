import { useSignal } from '@preact/signals';
import type { Words } from '../../../shared/words/dispatch';
import { Icon } from '../../../shared/widgets/Icon';
import { send } from '../app/api';
import { useKeys } from '../app/keys';
import { words } from '../app/preferences';
import { select } from '../app/selection';
import { may } from '../app/session';
import { requests } from '../feed/city';
import type { RequestSummary } from '../feed/shapes';
import { reviewOrder, waitsForReview } from '../queue/queue-filter';

/** Reasons by the hub's words, in the order of their keys. */
const REASONS = ['no-defect', 'duplicate', 'not-ours', 'planned-already', 'too-small', 'other'] as const;

/** What sensors propose waits for a person: A accepts, R and a number reject. Then the next one is shown. */
export function ReviewPart({ request: r }: { request: RequestSummary }) {
  const w = words.value;
  const asking = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal('');
  const waits = waitsForReview(r) && may('requests.review');
  const text: Record<(typeof REASONS)[number], string> = {
    'no-defect': w.rejectNoDefect, duplicate: w.rejectDuplicate, 'not-ours': w.rejectNotOurs, 'planned-already': w.rejectPlanned,
    'too-small': w.rejectTooSmall, other: w.rejectOther,
  };
  const decide = async (body: { decision: 'accept' } | { decision: 'reject'; reason: string }) => {
    if (busy.value) return;
    busy.value = true;
    problem.value = '';
    // Before it leaves the list: the next one is what stands behind it now.
    const next = reviewOrder(requests.value).find((other, i, all) => i > all.findIndex((x) => x.number === r.number) && other.number !== r.number);
    try {
      await send(`/api/requests/${encodeURIComponent(r.number)}/review`, body);
      if (next) select({ kind: 'request', id: next.number });
    } catch (e) {
      problem.value = (e as Error).message;
    }
    busy.value = false;
  };
  useKeys([
    { key: 'a', say: (words) => words.accept, run: () => !asking.value && void decide({ decision: 'accept' }) },
    { key: 'r', say: (words) => words.reject, run: () => (asking.value = !asking.value) },
    ...(asking.value
      ? [
          ...REASONS.map((reason, i) => ({ key: String(i + 1), say: () => text[reason], run: () => void decide({ decision: 'reject', reason }) })),
          { key: 'escape', say: (words: Words) => words.closeIt, run: () => (asking.value = false) },
        ]
      : []),
  ], waits);
  if (!waits) return null;
  return (
    <section class="card-part review-part" aria-label={w.reviewTitle}>
      <h3>{r.stage === 'held' ? w.heldTitle : w.reviewTitle}</h3>
      <p class="hint">{r.stage === 'held' ? w.heldHint : w.reviewHint}</p>
      <div class="pair">
        <button type="button" class="primary" disabled={busy.value} onClick={() => void decide({ decision: 'accept' })}>
          <Icon name="check" size={17} /> {w.accept} <kbd>A</kbd>
        </button>
        <button type="button" class="secondary" disabled={busy.value} aria-expanded={asking.value} onClick={() => (asking.value = !asking.value)}>
          <Icon name="cross" size={17} /> {w.reject} <kbd>R</kbd>
        </button>
      </div>
      {asking.value && (
        <ol class="reasons" aria-label={w.rejectWhy}>
          {REASONS.map((reason, i) => (
            <li key={reason}>
              <button type="button" disabled={busy.value} onClick={() => void decide({ decision: 'reject', reason })}><kbd>{i + 1}</kbd> {text[reason]}</button>
            </li>
          ))}
        </ol>
      )}
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
    </section>
  );
}
