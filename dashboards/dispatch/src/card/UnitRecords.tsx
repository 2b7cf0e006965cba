import { Icon, type IconName } from '../../../shared/widgets/Icon';
import { usePolled } from '../app/polled';
import { words } from '../app/preferences';
import { type RecordLine, recordLines } from '../app/receipt';
import type { Gaps } from '../feed/shapes';

const AGAIN_MS = 8_000;
const ICONS: Record<RecordLine['tone'], IconName> = { good: 'check', plain: 'archive', soon: 'upload', late: 'warning' };

/** What of a vehicle's records is missing, apart from what it dropped on purpose. */
export function UnitRecords({ id, name }: { id: string; name: string }) {
  const w = words.value;
  const { value, problem } = usePolled<Gaps>(`/api/vehicles/${encodeURIComponent(id)}/gaps`, AGAIN_MS);
  return (
    <section class="card-part">
      <h3>{w.recordsOf(name)}</h3>
      <p class="hint">{w.recordsHint}</p>
      {value.value === null && <p class="hint">{problem.value ? w.failed(problem.value) : w.loading}</p>}
      {value.value && (
        <ul class="record-lines">
          {recordLines(w, value.value).map((line) => (
            <li key={line.text} class={line.tone}><Icon name={ICONS[line.tone]} size={15} /> <span>{line.text}</span></li>
          ))}
        </ul>
      )}
    </section>
  );
}
