import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ask } from '../app/api';
import { words } from '../app/preferences';
import type { RequestSummary } from '../feed/shapes';
import { passes, type QueueView } from './queue-filter';

const PAGE = 200;

/** Closed before what the feed still tells of: asked for page by page. */
export const older = signal<RequestSummary[]>([]);

export function OlderClosed({ view }: { view: QueueView }) {
  const w = words.value;
  const next = useSignal<string | null>(null);
  const problem = useSignal('');
  const page = async (cursor: string) => {
    const wish = new URLSearchParams({ status: 'closed', limit: String(PAGE) });
    for (const [name, value] of [['service', view.service], ['department', view.department], ['district', view.district], ['source', view.source], ['cursor', cursor]] as const)
      if (value) wish.set(name, value);
    try {
      const answer = await ask<{ items: RequestSummary[]; next: string | null }>(`/api/requests?${wish}`);
      older.value = [...(cursor ? older.value : []), ...answer.items.filter((r) => passes(r, view))];
      next.value = answer.next;
      problem.value = '';
    } catch (e) {
      problem.value = (e as Error).message;
    }
  };
  useEffect(() => {
    void page('');
  }, [view.service, view.department, view.district, view.source]);
  return (
    <>
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      {next.value && <button type="button" class="older" onClick={() => void page(next.value ?? '')}>{w.olderRequests}</button>}
    </>
  );
}
