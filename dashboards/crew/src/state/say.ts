// Codes of the agent in the crew's words.
import type { Words } from '../../../shared/words/crew';
import { distance } from '../../../shared/format/measure';
import { duration, urgency, type Urgency } from '../../../shared/format/time';
import type { Done, Order, OrderState, Service } from './shapes';

export function stateName(w: Words, state: OrderState): string {
  const names: Record<OrderState, string> = {
    assigned: w.assigned, accepted: w.accepted, arrived: w.arrived, started: w.started, suspended: w.suspended, 'could-not-complete': w.couldNot,
    'made-safe': w.madeSafe, waiting: w.waitingState, 'temporary-repair': w.temporary, 'handed-over': w.handedOver, 'field-complete': w.fieldComplete,
  };
  return names[state] ?? state;
}

/** A service in the crew's words where the page knows it, else as the city calls it. */
export function serviceName(w: Words, code: string, services: readonly Service[] = []): string {
  if (code === 'pothole') return w.pothole;
  if (code === 'street-light-out') return w.light;
  return services.find((s) => s.code === code)?.title ?? code.replaceAll('-', ' ');
}

/** What an order is called: the city's title, unless it is only the name of a service that the page can translate. */
export const orderTitle = (w: Words, order: Order): string =>
  order.service === 'pothole' && /^pothole$/i.test(order.title) ? w.pothole
    : order.service === 'street-light-out' && /^street light out$/i.test(order.title) ? w.light : order.title;

export function due(w: Words, order: Order, nowMs: number): { text: string; is: Urgency } {
  const target = order.targetDate ? Date.parse(order.targetDate) : null;
  const is = urgency(target, nowMs);
  if (target === null) return { text: w.noTarget, is };
  return { text: target < nowMs ? w.late(duration(nowMs - target)) : w.due(duration(target - nowMs)), is };
}

export const far = (locale: string, metres: number): string => {
  const { value, unit } = distance(locale, metres);
  return `${value} ${unit}`;
};

/** Where to, seen from the driver's seat: degrees clockwise from straight ahead; without a course, from north. */
export const ahead = (bearing: number, course: number | undefined): number => (bearing - (course ?? 0) + 360) % 360;

export const wind = (w: Words, bearing: number): string => w.winds[Math.round(bearing / 45) % 8] ?? '';

export const hazardName = (w: Words, kind: string): string => w.hazardNames[kind] ?? w.hazard;

/** What something that was done was about. */
export const aboutOf = (w: Words, done: Done, services: readonly Service[] = []): string =>
  done.label ?? (!done.service ? '' : done.kind === 'hazard' ? hazardName(w, done.service) : serviceName(w, done.service, services));
