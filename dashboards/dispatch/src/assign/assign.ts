// Gives work to crews, one or many at once, and takes it back.
import type { Coded } from '../../../shared/words/problems';
import { at, inWords, send } from '../app/api';
import { words } from '../app/preferences';
import { orderIsOpen } from '../app/states';
import { didIt } from '../app/undo';
import { orders } from '../feed/city';
import type { OrderSummary } from '../feed/shapes';

export const openOrderOf = (request: string): OrderSummary | undefined => orders.peek().find((o) => o.request === request && orderIsOpen(o));

interface Outcome {
  items: { order: string | null; request: string | null; ok: boolean; problem: string | null; coded?: Coded | null; summary?: OrderSummary | null }[];
}

const give = (order: string, crew: string | null) => send<OrderSummary>(at('work-orders', order, 'assign'), { crew });

/** Gives the jobs to a crew. What failed is said; what worked can be taken back. */
export async function assignTo(crew: { id: string; name: string }, requests: readonly string[]): Promise<void> {
  const before = new Map(requests.flatMap((r) => (openOrderOf(r) ? [[openOrderOf(r)?.id ?? '', openOrderOf(r)?.crew ?? null] as const] : [])));
  const given: string[] = [];
  let problem = '';
  const [only] = requests;
  if (requests.length === 1 && only) {
    const order = openOrderOf(only);
    const made = order ? await give(order.id, crew.id) : await send<OrderSummary>('/api/work-orders', { request: only, crew: crew.id });
    given.push(made.id);
  } else {
    const { items } = await send<Outcome>('/api/work-orders/assign', { crew: crew.id, items: requests.map((request) => ({ request })) });
    given.push(...items.filter((i) => i.ok).map((i) => i.summary?.id ?? i.order ?? ''));
    problem = (await Promise.all(items.filter((i) => !i.ok).map(async (i) => `${i.request ?? i.order}: ${await inWords(i.coded, i.problem ?? '')}`))).join('; ');
  }
  if (given.length > 0) {
    const w = words.peek();
    didIt(given.length === 1 ? w.assignedTo(crew.name) : w.assignedMany(given.length, crew.name), async () => {
      for (const id of given) await give(id, before.get(id) ?? null);
    });
  }
  if (problem) throw new Error(problem);
}

export async function assignOrder(order: OrderSummary, crew: { id: string; name: string } | null): Promise<void> {
  await give(order.id, crew?.id ?? null);
  const w = words.peek();
  didIt(crew ? w.assignedTo(crew.name) : w.takenBack(order.number), () => give(order.id, order.crew));
}

/** Sends a crew there at once: what it works on is suspended. */
export async function sendEmergency(crew: string, target: { order?: string | undefined; request?: string | undefined }): Promise<OrderSummary> {
  const id = target.order ?? (target.request && openOrderOf(target.request)?.id);
  const order = id || (await send<OrderSummary>('/api/work-orders', { request: target.request })).id;
  return send<OrderSummary>(at('work-orders', order, 'emergency'), { crew });
}
