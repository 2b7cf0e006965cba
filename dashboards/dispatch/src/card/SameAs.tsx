import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { distance } from '../../../shared/format/measure';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { ask, at, send } from '../app/api';
import { draft, forget } from '../app/drafts';
import { Field, Line, Problem, useStep } from '../app/form';
import { locale, words } from '../app/preferences';
import { select } from '../app/selection';
import { may } from '../app/session';
import { titleOf } from '../app/states';
import { didIt } from '../app/undo';
import type { RequestDetail, RequestSummary } from '../feed/shapes';

interface Candidate {
  request: RequestSummary;
  sameness: 'none' | 'maybe' | 'same';
  distanceM: number | null;
  reasons: string[];
}

/** Whether it repeats another request: what follows it, what it follows, and what might be the same. */
export function SameAs({ request: r, detail: d }: { request: RequestSummary; detail: RequestDetail }) {
  const w = words.value;
  const found = useSignal<Candidate[] | null>(null);
  const open = useSignal(false);
  const step = useStep(['into']);
  const into = draft(`merge/${r.number}`);
  const why = draft(`merge-why/${r.number}`);
  const mergeable = may('requests.merge') && r.status === 'open' && !r.parent;
  useEffect(() => {
    if (!open.value) return;
    const stop = new AbortController();
    ask<{ items: Candidate[] }>(at('requests', r.number, 'duplicates'), { signal: stop.signal })
      .then(({ items }) => (found.value = items.filter((c) => c.request.number !== r.parent && !d.children?.includes(c.request.number))), () => (found.value = []));
    return () => stop.abort();
  }, [r.number, r.updatedAt, open.value]);
  const unmerge = (child: string, reason: string | null) => send(at('requests', child, 'unmerge'), { why: reason });
  const merge = async (parent: string) => {
    const said = why.value.trim();
    if (!(await step.run(() => send(at('requests', r.number, 'merge'), { into: parent, ...(said ? { why: said } : {}) })))) return;
    forget(`merge/${r.number}`, `merge-why/${r.number}`);
    didIt(w.mergedInto(parent), () => unmerge(r.number, null));
  };
  const part = async (child: string, parent: string) => {
    if (await step.run(() => unmerge(child, null))) didIt(w.unmerged(child), () => send(at('requests', child, 'merge'), { into: parent }));
  };
  const link = (number: string) => <button type="button" class="link" onClick={() => select({ kind: 'request', id: number })}>{number}</button>;
  if (!mergeable && !d.link && !d.children?.length) return null;
  return (
    <section class="card-part">
      <h3>{w.sameAs}</h3>
      {d.link && r.parent && (
        <div class="same-row">
          <p>{w.repeats} {link(r.parent)} <Chip>{d.link.byRule ? w.byRule : d.link.who}</Chip></p>
          <p class="hint">{d.link.reasons.join(' · ')}</p>
          {may('requests.merge') && <button type="button" class="secondary small" disabled={step.busy.value} onClick={() => void part(r.number, r.parent ?? '')}><Icon name="split" size={14} /> {w.unmerge}</button>}
        </div>
      )}
      {(d.children ?? []).map((child) => (
        <div key={child} class="same-row line">
          <p>{w.repeatedBy} {link(child)}</p>
          {may('requests.merge') && <button type="button" class="link" disabled={step.busy.value} onClick={() => void part(child, r.number)}>{w.unmerge}<span class="unseen"> {child}</span></button>}
        </div>
      ))}
      {mergeable && (
        <button type="button" class="link" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>{w.sameSearch}</button>
      )}
      {mergeable && open.value && (
        <>
          {found.value === null && <p class="hint">{w.loading}</p>}
          {found.value?.length === 0 && <p class="hint">{w.sameNone}</p>}
          {found.value?.map((c) => <SameRow key={c.request.number} own={r} candidate={c} busy={step.busy.value} onMerge={() => void merge(c.request.number)} />)}
          <form
            class="form"
            onSubmit={(e) => {
              e.preventDefault();
              void merge(into.value.trim());
            }}
          >
            <Field label={w.sameOther} error={step.fields.value.into ?? ''}>{(tie) => <Line {...tie} text={into} required placeholder="SR-26-000123" autocomplete="off" />}</Field>
            <Field label={w.whoseBecause}>{(tie) => <Line {...tie} text={why} maxLength={200} />}</Field>
            <button type="submit" class="secondary wide" disabled={step.busy.value}><Icon name="merge" size={15} /> {w.merge}</button>
          </form>
        </>
      )}
      <Problem step={step} />
    </section>
  );
}

function SameRow({ own, candidate: c, busy, onMerge }: { own: RequestSummary; candidate: Candidate; busy: boolean; onMerge: () => void }) {
  const w = words.value;
  const away = c.distanceM === null ? null : distance(locale.value, c.distanceM);
  const crosses = c.request.service !== own.service || (c.request.department ?? null) !== (own.department ?? null);
  return (
    <div class="same-row">
      <p>
        <button type="button" class="link" onClick={() => select({ kind: 'request', id: c.request.number })}>{c.request.number}</button> {titleOf(w, c.request)}{' '}
        <Chip color={c.sameness === 'same' ? 'var(--good)' : 'var(--ink-3)'}>{c.sameness === 'same' ? w.samenessSame : c.sameness === 'maybe' ? w.samenessMaybe : w.samenessNone}</Chip>
      </p>
      <p class="hint">{[away && `${away.value} ${away.unit}`, ...c.reasons].filter(Boolean).join(' · ')}</p>
      {crosses && <p class="hint soon"><Icon name="warning" size={13} /> {w.sameCrosses}</p>}
      <button type="button" class="secondary small" disabled={busy} onClick={onMerge}><Icon name="merge" size={14} /> {w.mergeInto(c.request.number)}</button>
    </div>
  );
}
