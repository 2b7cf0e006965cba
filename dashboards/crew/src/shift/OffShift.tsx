import type { ConsoleState } from '../state/shapes';
import { Receipt } from './Receipt';
import { SignOn } from './SignOn';

export function OffShift({ state }: { state: ConsoleState }) {
  return <main class="off-shift">{state.ended && <Receipt state={state} ended={state.ended} />}<SignOn state={state} /></main>;
}
