import { number } from '../../../shared/format/measure';
import { Chip } from '../../../shared/widgets/Chip';
import { Icon } from '../../../shared/widgets/Icon';
import { WindowList } from '../../../shared/widgets/WindowList';
import { ask } from '../app/api';
import { Empty } from '../app/Empty';
import { locale, words } from '../app/preferences';
import { select, selection } from '../app/selection';
import { may } from '../app/session';
import { openOrdersOf } from '../assign/candidates';
import { shiftWord } from '../app/states';
import { crews, unitById } from '../feed/city';
import type { CrewSummary, ShiftReceipt } from '../feed/shapes';
import { selectUnit } from './UnitList';

const SHIFT_COLOR: Record<string, string> = {
  on: 'var(--good)', callOut: 'var(--accent)', break: 'var(--unit-break)', off: 'var(--ink-3)',
};
const SHIFT_ORDER = ['on', 'callOut', 'break', 'off'];

export function CrewList() {
  const w = words.value;
  const sorted = [...crews.value].sort(
    (a, b) => SHIFT_ORDER.indexOf(a.shift) - SHIFT_ORDER.indexOf(b.shift) || a.name.localeCompare(b.name),
  );
  const chosenUnit = selection.value?.kind === 'unit' ? selection.value.id : null;
  return (
    <>
      <header class="list-head">
        <h2>{w.crews}</h2>
        <span class="count-pill">{number(locale.value, sorted.length)}</span>
      </header>
      <WindowList
        label={w.crews} items={sorted} keyOf={(c) => c.id} rowHeight={62}
        selected={sorted.find((c) => c.vehicle !== null && c.vehicle === chosenUnit)?.id ?? null}
        onSelect={(c) => {
          const unit = c.vehicle ? unitById.value.get(c.vehicle) : undefined;
          if (unit) selectUnit(unit);
          else openLastShift(c.id).catch(() => undefined); // Then the list just stays.
        }}
        row={(c) => <CrewRow crew={c} />} empty={<Empty icon="crew" text={w.noCrews} />}
      />
    </>
  );
}

/** A crew that is on no unit still has its last receipt. */
async function openLastShift(crew: string) {
  if (!may('crews.read')) return;
  const { items } = await ask<{ items: ShiftReceipt[] }>(`/api/shifts?crew=${encodeURIComponent(crew)}&limit=1`);
  if (items[0]) select({ kind: 'shift', id: items[0].shift });
}

function CrewRow({ crew }: { crew: CrewSummary }) {
  const w = words.value;
  const unit = crew.vehicle ? unitById.value.get(crew.vehicle) : undefined;
  return (
    <div class="unit-row">
      <Icon name="crew" size={20} />
      <b>{crew.name}</b>
      <Chip color={SHIFT_COLOR[crew.shift] ?? 'var(--ink-3)'}>{shiftWord(w, crew.shift)}</Chip>
      <span class="unit-detail">{unit ? unit.name : '–'}</span>
      <span class="unit-detail end">{w.crewLoad(openOrdersOf(crew.id))}</span>
    </div>
  );
}
