import { chosen } from '../state/choice';
import { words } from '../state/preferences';
import type { ConsoleState } from '../state/shapes';
import { FixedHere } from './FixedHere';
import { HazardStrip } from './HazardStrip';
import { JobCard } from './JobCard';
import { JobList } from './JobList';
import { Notices } from './Notices';
import { Primary } from './Primary';
import { Tools } from './Tools';
import { UndoRow } from './UndoRow';

export function Board({ state }: { state: ConsoleState }) {
  const w = words.value;
  const order = chosen.value;
  return (
    <main class="board">
      {!order && <h1 class="unseen">{w.jobs}</h1>}
      <section class="left" aria-label={w.jobs}>
        <Notices state={state} />
        <HazardStrip state={state} />
        <JobList state={state} chosen={order} />
        <FixedHere state={state} chosen={order} />
      </section>
      <section class="right" aria-label={order?.title ?? w.choose}>
        {order ? <JobCard order={order} state={state} /> : <p class="card nothing">{state.nearby.length > 1 ? w.nearMany(state.nearby.length) : state.orders.length > 0 ? w.choose : w.noJobsHint}</p>}
        <UndoRow state={state} />
        {order && <Tools order={order} state={state} />}
        {order && <Primary order={order} state={state} />}
      </section>
    </main>
  );
}
