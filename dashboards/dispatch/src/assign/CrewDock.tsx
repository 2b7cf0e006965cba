import { signal } from '@preact/signals';
import { useStep, Problem } from '../app/form';
import { words } from '../app/preferences';
import { may } from '../app/session';
import { assignTo } from './assign';
import { CrewChoice } from './CrewChoice';
import { openOrderOf } from './assign';

/** Requests that are being dragged. */
export const dragged = signal<readonly string[]>([]);

addEventListener('dragend', () => {
  dragged.value = [];
});

/** While a request is dragged, the crews stand where the card is: drop it on one. */
export function CrewDock() {
  const w = words.value;
  const step = useStep();
  const requests = dragged.value;
  if (requests.length === 0 || !may('orders.write')) return <Problem step={step} />;
  return (
    <div class="crew-dock" key={requests.join()}>
      <h2>{w.dropOnCrew}</h2>
      <p class="hint">{requests.length === 1 ? requests[0] : w.requestsCount(requests.length)}</p>
      <CrewChoice
        requests={requests} has={requests.length === 1 ? openOrderOf(requests[0] ?? '')?.crew : null} busy={step.busy.value}
        onChoose={(crew) => {
          dragged.value = [];
          void step.run(() => assignTo(crew, requests));
        }}
      />
    </div>
  );
}
