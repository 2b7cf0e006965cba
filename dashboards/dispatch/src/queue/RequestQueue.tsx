import { computed, signal } from '@preact/signals';
import { number } from '../../../shared/format/measure';
import { Tabs } from '../../../shared/widgets/Tabs';
import { WindowList } from '../../../shared/widgets/WindowList';
import { Empty } from '../app/Empty';
import { locale, words } from '../app/preferences';
import { flyTo, select, selection } from '../app/selection';
import { arrived, beat, requests } from '../feed/city';
import { figuresOf, type QueueView, queueOf, SORTS, type Sort, TABS, type Tab } from './queue-filter';
import { RequestRow } from './RequestRow';

export const queueView = signal<QueueView>({ tab: 'all', sort: 'target', overdue: false });
/** The order depends on the moment only through "past target date": once a minute is enough. */
const minute = computed(() => Math.floor(beat.value / 60_000) * 60_000);
const queue = computed(() => queueOf(requests.value, queueView.value, minute.value));
const figures = computed(() => figuresOf(requests.value, minute.value));

const ROW_PX = 86;

export function RequestQueue() {
  const w = words.value;
  const view = queueView.value;
  const text: Record<Tab, string> = { all: w.tabAll, review: w.tabReview, unassigned: w.tabUnassigned, lights: w.tabLights, potholes: w.tabPotholes };
  const sortText: Record<Sort, string> = { target: w.sortTarget, newest: w.sortNewest, priority: w.sortPriority };
  const change = (part: Partial<QueueView>) => {
    queueView.value = { ...view, ...part };
  };
  const chosen = selection.value?.kind === 'request' ? selection.value.id : null;
  return (
    <>
      <header class="list-head">
        <h2>{w.requests}</h2>
        <span class="count-pill">{number(locale.value, queue.value.length)}</span>
        <label class="sort">
          <span class="unseen">{w.sort}</span>
          <select value={view.sort} onChange={(e) => change({ sort: e.currentTarget.value as Sort })}>
            {SORTS.map((s) => (
              <option key={s} value={s}>{sortText[s]}</option>
            ))}
          </select>
        </label>
      </header>
      <Tabs
        label={w.requests} selected={view.tab} onSelect={(tab) => change({ tab })}
        tabs={TABS.map((id) => ({ id, text: text[id], count: number(locale.value, figures.value.byTab[id]) }))}
      />
      {view.overdue && (
        <button type="button" class="filter-note" onClick={() => change({ overdue: false })}>
          {w.onlyOverdue} · {w.clearFilter}
        </button>
      )}
      <WindowList
        label={w.requests} items={queue.value} keyOf={(r) => r.number} rowHeight={ROW_PX} selected={chosen}
        onSelect={(r) => {
          select({ kind: 'request', id: r.number });
          flyTo.value = { lat: r.lat, lon: r.lon };
        }}
        row={(r) => <RequestRow request={r} />}
        empty={<Empty icon="inbox" text={arrived.value ? w.noRequests : w.loading} hint={arrived.value ? w.noRequestsHint : ''} />}
      />
    </>
  );
}
