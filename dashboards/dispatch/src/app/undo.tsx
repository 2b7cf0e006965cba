// One step back instead of a question before each step: what was done last can be taken back for a while.
import { signal } from '@preact/signals';
import { Icon } from '../../../shared/widgets/Icon';
import { words } from './preferences';

const SHOWN_MS = 10_000;

interface Done {
  text: string;
  back: () => Promise<unknown>;
  /** Runs when the time to think is over. */
  later?: () => Promise<unknown>;
}

const last = signal<Done | null>(null);
const problem = signal('');
let timer: ReturnType<typeof setTimeout> | undefined;

async function settle(run: (() => Promise<unknown>) | undefined) {
  clearTimeout(timer);
  last.value = null;
  try {
    await run?.();
  } catch (e) {
    problem.value = (e as Error).message;
    timer = setTimeout(() => {
      problem.value = '';
    }, SHOWN_MS);
  }
}

function show(done: Done) {
  // What waited for its time goes out now: only one step can be taken back.
  void settle(last.peek()?.later);
  problem.value = '';
  last.value = done;
  timer = setTimeout(() => void settle(done.later), SHOWN_MS);
}

/** It is done; pressing "Undo" does the opposite. */
export const didIt = (text: string, back: () => Promise<unknown>) => show({ text, back });

/** It is done when the time to think is over, for what has no opposite. */
export const willDo = (text: string, later: () => Promise<unknown>, back = () => {}) => show({ text, back: async () => back(), later });

addEventListener('pagehide', () => void settle(last.peek()?.later));

export function UndoBar() {
  const w = words.value;
  const done = last.value;
  return (
    <div class="undo-bar" role="status">
      {done && (
        <p>
          <Icon name={done.later ? 'clock' : 'check'} size={16} /> <span>{done.text}</span>
          <button type="button" class="link" onClick={() => void settle(done.back)}>{w.undo}<kbd>U</kbd></button>
        </p>
      )}
      {problem.value && <p class="late"><Icon name="warning" size={16} /> {w.failed(problem.value)}</p>}
    </div>
  );
}

export const undoLast = () => last.peek() && void settle(last.peek()?.back);
