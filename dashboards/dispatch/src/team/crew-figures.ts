// What a supervisor looks for in a crew's orders. Pure.
import { orderIsOpen, toReview } from '../app/states';
import type { OrderSummary } from '../feed/shapes';

export interface CrewFigures {
  open: number;
  /** Begun, and nobody goes on with it. */
  hanging: OrderSummary[];
  review: OrderSummary[];
  /** Crew actions on a vehicle that are not at city hall. */
  unsent: number;
  current: OrderSummary | undefined;
  todo: OrderSummary[];
}

const HANGING = ['suspended', 'waiting', 'could-not-complete', 'made-safe', 'handed-over'];
const AT_WORK = ['started', 'arrived'];

export function crewFigures(crew: string, all: readonly OrderSummary[], unsent: number): CrewFigures {
  const own = all.filter((o) => o.crew === crew);
  const open = own.filter(orderIsOpen);
  const todo = open.filter((o) => !HANGING.includes(o.state)).sort((a, b) => Number(b.emergency ?? false) - Number(a.emergency ?? false) || a.priority - b.priority
    || (Date.parse(a.targetAt ?? '') || Number.MAX_SAFE_INTEGER) - (Date.parse(b.targetAt ?? '') || Number.MAX_SAFE_INTEGER));
  return {
    open: open.length, hanging: open.filter((o) => HANGING.includes(o.state)), review: toReview(own), unsent,
    current: open.find((o) => AT_WORK.includes(o.state)) ?? open.find((o) => o.state === 'accepted'), todo,
  };
}
