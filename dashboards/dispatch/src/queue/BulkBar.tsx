import { type Signal, useSignal } from '@preact/signals';
import { Icon } from '../../../shared/widgets/Icon';
import { assignTo } from '../assign/assign';
import { CrewChoice } from '../assign/CrewChoice';
import { at, send } from '../app/api';
import { Problem, useStep } from '../app/form';
import { useKeys } from '../app/keys';
import { words } from '../app/preferences';
import { may } from '../app/session';
import { didIt } from '../app/undo';
import { requestByNumber } from '../feed/city';

/** One step for all requests that are marked. */
export function BulkBar({ marked }: { marked: Signal<ReadonlySet<string>> }) {
  const w = words.value;
  const numbers = [...marked.value];
  const open = useSignal(false);
  const step = useStep();
  const clear = () => {
    marked.value = new Set();
  };
  useKeys([
    { key: 'b', say: (words) => words.assignMarked, run: () => (open.value = !open.value) },
    { key: 'escape', say: (words) => words.markNone, run: clear },
  ]);
  const assign = async (crew: { id: string; name: string }) => {
    if (await step.run(() => assignTo(crew, numbers))) clear();
  };
  const setPriority = async (priority: number) => {
    const before = numbers.map((n) => ({ number: n, priority: requestByNumber.peek().get(n)?.priority }));
    const put = (n: string, value: number | undefined) => send(at('requests', n), { priority: value }, 'PUT');
    const worked = await step.run(async () => {
      for (const n of numbers) await put(n, priority);
    });
    if (!worked) return;
    didIt(w.prioritySet(numbers.length, priority), async () => {
      for (const b of before) await put(b.number, b.priority);
    });
    clear();
  };
  return (
    <section class="bulk-bar" aria-label={w.marked(numbers.length)}>
      <p><b>{w.marked(numbers.length)}</b> <button type="button" class="link" onClick={clear}>{w.markNone}</button></p>
      <div class="bulk-steps">
        <button type="button" class="primary" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
          <Icon name="crew" size={16} /> {w.assignCrew} <kbd>B</kbd>
        </button>
        {may('requests.write') && (
          <select
            class="secondary" aria-label={w.sortPriority} value="" disabled={step.busy.value}
            onChange={(e) => void setPriority(Number(e.currentTarget.value))}
          >
            <option value="" disabled hidden>{w.sortPriority}</option>
            {[1, 2, 3, 4].map((p) => <option key={p} value={p}>{w.priority(p)}</option>)}
          </select>
        )}
      </div>
      {open.value && <div class="bulk-crews"><CrewChoice takesKeys requests={numbers} busy={step.busy.value} onlyAble onChoose={(crew) => void assign(crew)} /></div>}
      <Problem step={step} />
    </section>
  );
}
