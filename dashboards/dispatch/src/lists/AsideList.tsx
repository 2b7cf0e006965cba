import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { number } from '../../../shared/format/measure';
import { moment } from '../../../shared/format/time';
import { ask } from '../app/api';
import { Empty } from '../app/Empty';
import { locale, words } from '../app/preferences';
import { mapInfo } from '../app/session';
import { counts, hubNow } from '../feed/city';
import type { AsideEntry } from '../feed/shapes';

/** What the hub kept aside, for city IT. */
export function AsideList() {
  const w = words.value;
  const entries = useSignal<AsideEntry[] | null>(null);
  const problem = useSignal('');
  const count = counts.value.aside;
  useEffect(() => {
    ask<{ items: AsideEntry[] }>('/api/aside')
      .then((answer) => {
        entries.value = answer.items;
        problem.value = '';
      })
      .catch((e: Error) => {
        problem.value = e.message;
      });
  }, [count]);
  return (
    <>
      <header class="list-head">
        <h2>{w.aside}</h2>
        <span class="count-pill">{number(locale.value, count)}</span>
      </header>
      <p class="list-hint">{w.asideHint}</p>
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      <ul class="plain-list" aria-label={w.aside}>
        {entries.value?.map((e) => <AsideRow key={e.id} entry={e} />)}
      </ul>
      {entries.value?.length === 0 && <Empty icon="archive" text={w.noAside} />}
    </>
  );
}

function AsideRow({ entry: e }: { entry: AsideEntry }) {
  const at = Date.parse(e.receivedTime);
  return (
    <li class="aside-row">
      <b>{e.reason}</b>
      <span class="row-number">{Number.isNaN(at) ? '' : moment(locale.value, at, hubNow(), mapInfo.value?.timeZone)}</span>
      <span class="row-address">{e.vehicle ?? e.topic ?? ''}</span>
      {e.detail && <span class="row-source">{e.detail}</span>}
    </li>
  );
}
