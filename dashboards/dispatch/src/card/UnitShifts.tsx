import { usePolled } from '../app/polled';
import { words } from '../app/preferences';
import { select } from '../app/selection';
import { may } from '../app/session';
import type { ShiftReceipt } from '../feed/shapes';
import { ShiftRow } from '../lists/ShiftList';

const AGAIN_MS = 15_000;
const SHOWN = 3;

/** The newest shifts on a unit; each opens its receipt. */
export function UnitShifts({ id }: { id: string }) {
  const w = words.value;
  const { value } = usePolled<{ items: ShiftReceipt[] }>(`/api/shifts?vehicle=${encodeURIComponent(id)}&limit=${SHOWN}`, AGAIN_MS);
  const shifts = value.value?.items ?? [];
  if (!may('crews.read') || shifts.length === 0) return null;
  return (
    <section class="card-part">
      <h3>{w.unitShifts}</h3>
      <ul>
        {shifts.map((r) => (
          <li key={r.shift}>
            <button type="button" class="shift-card" onClick={() => select({ kind: 'shift', id: r.shift })}>
              <ShiftRow receipt={r} />
              <span class="unseen">{w.shiftReceipt}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
