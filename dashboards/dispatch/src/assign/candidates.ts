// Which crew should take a job, and why: the hub ranks them, this page says its reasons.
import { ApiError, ask, at } from '../app/api';
import { orderIsOpen } from '../app/states';
import { crews, orders } from '../feed/city';
import type { CrewSummary, Shift } from '../feed/shapes';

export interface Reason {
  code: 'contractor' | 'skills' | 'equipment' | 'area' | 'shift' | 'hours' | 'load' | 'travel' | string;
  ok: boolean;
  /** False: nobody wrote down whether. */
  known?: boolean;
  values: string[];
}

export interface Candidate {
  crew: string;
  name: string;
  /** It may be given the job; else the reasons say why not. */
  can: boolean;
  shift: Shift;
  load: number;
  capacity: number | null;
  hoursLeft: number | null;
  travelMinutes: number | null;
  travelBy: 'streets' | 'straight-line' | 'unknown';
  reasons: Reason[];
}

export const openOrdersOf = (crew: string): number => orders.value.filter((o) => o.crew === crew && orderIsOpen(o)).length;

const plain = (c: CrewSummary): Candidate => ({
  crew: c.id, name: c.name, can: c.shift === 'on' || c.shift === 'callOut', shift: c.shift, load: openOrdersOf(c.id), capacity: null, hoursLeft: null,
  travelMinutes: null, travelBy: 'unknown', reasons: [],
});

const WEIGHT = ['travel', 'load', 'hours', 'area', 'skills', 'equipment', 'contractor', 'shift'];
/** What goes without saying while it is so. */
const PLAIN = ['contractor', 'shift'];

/** What speaks against a crew first, then what tells crews apart. */
export const saidReasons = (reasons: readonly Reason[]): Reason[] =>
  reasons.filter((r) => !r.ok || !PLAIN.includes(r.code)).sort((a, b) => Number(a.ok) - Number(b.ok) || WEIGHT.indexOf(a.code) - WEIGHT.indexOf(b.code));

/** By what the page itself knows: on shift first, then the least loaded. */
export const byLoad = (): Candidate[] =>
  crews.value.map(plain).sort((a, b) => Number(b.can) - Number(a.can) || a.load - b.load || a.name.localeCompare(b.name));

/** Best first. For several requests the hub has no ranking: then by load. */
export async function candidatesFor(requests: readonly string[], order?: string): Promise<Candidate[]> {
  const [only] = requests;
  if (!order && (requests.length !== 1 || !only)) return byLoad();
  try {
    return (await ask<{ items: Candidate[] }>(order ? at('work-orders', order, 'candidates') : at('requests', only ?? '', 'candidates'))).items;
  } catch (e) {
    // The crews are in the live picture: a hub that cannot rank them now still gets its orders.
    if (e instanceof ApiError && e.status === 401) throw e;
    return byLoad();
  }
}
