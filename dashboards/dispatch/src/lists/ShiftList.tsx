import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { number } from '../../../shared/format/measure';
import { Chip } from '../../../shared/widgets/Chip';
import { WindowList } from '../../../shared/widgets/WindowList';
import { ask } from '../app/api';
import { Empty } from '../app/Empty';
import { usePolled } from '../app/polled';
import { locale, words } from '../app/preferences';
import { receiptColor, receiptWord, shiftTimes } from '../app/receipt';
import { select, selection } from '../app/selection';
import { mapInfo } from '../app/session';
import { hubNow } from '../feed/city';
import type { ShiftReceipt } from '../feed/shapes';

interface Page {
  items: ShiftReceipt[];
  next: string | null;
}

const AGAIN_MS = 15_000;

/** Pages after the first: what they say changes seldom. */
const older = signal<ShiftReceipt[]>([]);
const next = signal<string | null>(null);

/** Newest shifts with how much of each is at city hall. */
export function ShiftList() {
  const w = words.value;
  const { value, problem } = usePolled<Page>('/api/shifts', AGAIN_MS);
  useEffect(() => {
    older.value = [];
    next.value = null;
  }, []);
  const newest = value.value?.items ?? [];
  const shown = [...newest, ...older.value.filter((o) => !newest.some((n) => n.shift === o.shift))];
  const after = older.value.length > 0 ? next.value : (value.value?.next ?? null);
  const more = async () => {
    try {
      const page = await ask<Page>(`/api/shifts?cursor=${encodeURIComponent(after ?? '')}`);
      next.value = page.next;
      older.value = [...older.value, ...page.items];
    } catch (e) {
      problem.value = (e as Error).message;
    }
  };
  return (
    <>
      <header class="list-head">
        <h2>{w.shifts}</h2>
        {value.value && <span class="count-pill">{number(locale.value, shown.length)}{after ? '+' : ''}</span>}
      </header>
      {problem.value && <p class="problem" role="alert">{w.failed(problem.value)}</p>}
      <WindowList
        label={w.shifts} items={shown} keyOf={(r) => r.shift} rowHeight={86}
        selected={selection.value?.kind === 'shift' ? selection.value.id : null}
        onSelect={(r) => select({ kind: 'shift', id: r.shift })} row={(r) => <ShiftRow receipt={r} />}
        empty={<Empty icon="receipt" text={value.value ? w.noShifts : w.loading} />}
      />
      {after && <button type="button" class="older" onClick={() => void more()}>{w.olderShifts}</button>}
    </>
  );
}

export function ShiftRow({ receipt: r }: { receipt: ShiftReceipt }) {
  const w = words.value;
  return (
    <div class="shift-row">
      <b>{r.crewName ?? r.crew ?? '–'}</b>
      <Chip color={receiptColor(r)}>{receiptWord(w, r)}</Chip>
      <span class="unit-detail">{shiftTimes(locale.value, r, hubNow(), mapInfo.value?.timeZone)}</span>
      <span class="unit-detail end">{w.atCityHall(r.atCityHall)}</span>
      <span class="unit-detail wide">{r.vehicles.map((v) => v.name).join(', ')}</span>
    </div>
  );
}
