import { computed, signal, useSignal } from '@preact/signals';
import { number } from '../../../shared/format/measure';
import { Icon } from '../../../shared/widgets/Icon';
import { Tabs } from '../../../shared/widgets/Tabs';
import { WindowList } from '../../../shared/widgets/WindowList';
import { dragged } from '../assign/CrewDock';
import { anyDraft, draft } from '../app/drafts';
import { Empty } from '../app/Empty';
import { useKeys } from '../app/keys';
import { type Place, written } from '../app/places';
import { locale, words } from '../app/preferences';
import { filtersOf, flyTo, select, selection, setFilters, showList } from '../app/selection';
import { may } from '../app/session';
import { arrived, beat, requests } from '../feed/city';
import type { RequestSummary } from '../feed/shapes';
import { BulkBar } from './BulkBar';
import { FilterChips, FilterPanel } from './FilterPanel';
import { NewRequest } from './NewRequest';
import { OlderClosed, older } from './OlderClosed';
import { figures } from './figures';
import { FILTERS, type QueueView, queryOf, queueOf, SORTS, type Sort, TABS, type Tab, viewOf } from './queue-filter';
import { RequestRow } from './RequestRow';

export const queueView = computed<QueueView>(() => viewOf(filtersOf('requests')));
export const changeQueue = (part: Partial<QueueView>) => setFilters('requests', queryOf({ ...queueView.peek(), ...part }));
/** Whether a request is being written down; one that was begun before a reload is. */
const making = signal(['new/place', 'new/address', 'new/description'].some(anyDraft));

/** Begins a request at a place that somebody looked up. */
export function requestAt(place: Place) {
  draft('new/place').value = written(place);
  making.value = true;
  showList('requests');
}
/** Chosen for a step that is taken with all of them. */
export const marked = signal<ReadonlySet<string>>(new Set());
/** The order depends on the moment only through "past target date": once a minute is enough. */
const minute = computed(() => Math.floor(beat.value / 60_000) * 60_000);
const queue = computed(() => {
  const live = queueOf(requests.value, queueView.value, minute.value);
  if (queueView.value.tab !== 'closed') return live;
  const known = new Set(live.map((r) => r.number));
  return [...live, ...older.value.filter((r) => !known.has(r.number))];
});

const ROW_PX = 86;

export function RequestQueue() {
  const w = words.value;
  const view = queueView.value;
  const filtering = useSignal(false);
  useKeys([{ key: '+', say: (words) => words.newRequest, run: () => (making.value = !making.value) }], may('requests.write'));
  const text: Record<Tab, string> = { all: w.tabAll, review: w.tabReview, unassigned: w.tabUnassigned, closed: w.tabClosed };
  const sortText: Record<Sort, string> = { target: w.sortTarget, newest: w.sortNewest, priority: w.sortPriority };
  const chosen = selection.value?.kind === 'request' ? selection.value.id : null;
  const narrow = FILTERS.filter((f) => view[f] !== '').length;
  return (
    <>
      <header class="list-head">
        <h2>{w.navRequests}</h2>
        <span class="count-pill">{number(locale.value, queue.value.length)}</span>
        <label class="sort">
          <span class="unseen">{w.sort}</span>
          <select value={view.sort} disabled={view.tab === 'closed' || view.tab === 'review'} onChange={(e) => changeQueue({ sort: e.currentTarget.value as Sort })}>
            {SORTS.map((s) => (
              <option key={s} value={s}>{sortText[s]}</option>
            ))}
          </select>
        </label>
        {may('requests.write') && (
          <button type="button" class={`icon-button${making.value ? ' on' : ''}`} aria-expanded={making.value} aria-label={w.newRequest} title={`${w.newRequest} (+)`} onClick={() => (making.value = !making.value)}>
            <Icon name="plus" size={18} />
          </button>
        )}
        <button type="button" class={`icon-button${narrow > 0 ? ' on' : ''}`} aria-expanded={filtering.value} aria-label={w.filter} title={w.filter} onClick={() => (filtering.value = !filtering.value)}>
          <Icon name="filter" size={17} />
        </button>
      </header>
      {making.value && <NewRequest onDone={() => (making.value = false)} />}
      <Tabs
        label={w.requests} selected={view.tab} onSelect={(tab) => changeQueue({ tab })}
        tabs={TABS.map((id) => (id === 'closed' ? { id, text: text[id] } : { id, text: text[id], count: number(locale.value, figures.value.byTab[id]) }))}
      />
      {filtering.value && <FilterPanel view={view} onChange={changeQueue} />}
      <FilterChips view={view} onChange={changeQueue} />
      <WindowList<RequestSummary>
        label={w.requests} items={queue.value} keyOf={(r) => r.number} rowHeight={ROW_PX} selected={chosen}
        onSelect={(r) => {
          select({ kind: 'request', id: r.number });
          flyTo.value = { lat: r.lat, lon: r.lon };
        }}
        row={(r) => <RequestRow request={r} />}
        empty={<Empty icon="inbox" text={arrived.value ? w.noRequests : w.loading} hint={arrived.value ? (narrow > 0 || view.overdue ? w.noRequestsFilter : w.noRequestsHint) : ''} />}
        {...(may('orders.write') && view.tab !== 'closed'
          ? {
              marked: marked.value, onMark: (keys: ReadonlySet<string>) => (marked.value = keys),
              onDrag: (r: RequestSummary) => (dragged.value = marked.peek().has(r.number) ? [...marked.peek()] : [r.number]),
            }
          : {})}
      />
      {view.tab === 'closed' && <OlderClosed view={view} />}
      {marked.value.size > 0 && <BulkBar marked={marked} />}
    </>
  );
}
