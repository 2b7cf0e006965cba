// States, stages and priorities: their words, colours and shapes in one place.
import { signal } from '@preact/signals';
import type { Words } from '../../../shared/words/dispatch';
import { en } from '../../../shared/words/dispatch';
import type { IconName } from '../../../shared/widgets/Icon';
import { language } from './preferences';
import type { Activity, OrderSummary, RequestSummary, Unit, Verification } from '../feed/shapes';

/** One state a unit: what it does while online, else offline. */
export type UnitState = Activity | 'offline';
export const UNIT_STATES: readonly UnitState[] = ['enroute', 'onsite', 'available', 'sensing', 'break', 'offline'];

export function unitState(unit: Unit | undefined, activity: Activity | undefined): UnitState {
  if (!unit?.online) return 'offline';
  if (unit.shift === 'break') return 'break';
  return activity && activity !== 'unknown' ? activity : 'available';
}

export const unitWord = (w: Words, state: UnitState): string =>
  ({
    unknown: w.stateUnknown, available: w.stateAvailable, enroute: w.stateEnRoute, onsite: w.stateOnSite,
    break: w.stateBreak, sensing: w.stateSensing, offline: w.stateOffline,
  })[state];

export const unitColor = (state: UnitState): string => `var(--unit-${state === 'unknown' ? 'offline' : state})`;

export const shiftWord = (w: Words, shift: string): string =>
  ({ on: w.shiftOn, off: w.shiftOff, break: w.shiftBreak, callOut: w.shiftCallOut })[shift] ?? w.stateUnknown;

/** What the city itself calls its services, once its catalogue has been read. */
export const cityTitles = signal<ReadonlyMap<string, { title: string; titles?: Record<string, string> }>>(new Map());

/** The city's own title in the reader's language, else the page's word for a service that many cities have. */
export const serviceWord = (w: Words, service: string): string => {
  const city = cityTitles.value.get(service);
  const own = w === en ? city?.title : city?.titles?.[language.value];
  return own ?? pageWord(w, service) ?? city?.title ?? service;
};

const pageWord = (w: Words, service: string): string | undefined =>
  ({
    'street-light-out': w.serviceLight, pothole: w.servicePothole, 'sidewalk-defect': w.serviceSidewalk, 'sign-missing': w.serviceSign,
    'signal-out': w.serviceSignal, 'crosswalk-faded': w.serviceCrosswalk, 'catch-basin': w.serviceCatchBasin, 'utility-casting': w.serviceCasting,
    'water-leak': w.serviceLeak, 'tree-limb': w.serviceLimb, 'tree-request': w.serviceTree, graffiti: w.serviceGraffiti,
    'illegal-dumping': w.serviceDumping, 'missed-collection': w.serviceCollection, 'dead-animal': w.serviceAnimal, 'snow-ice': w.serviceSnow,
  })[service];

/** What the hub itself titled in English is said in the reader's language; a person's own title stays. */
export const titleOf = (w: Words, item: { service: string; title: string }): string =>
  item.title === serviceWord(en, item.service) || item.title === pageWord(en, item.service) ? serviceWord(w, item.service) : item.title;

export const serviceIcon = (service: string): IconName => (service === 'street-light-out' ? 'lamp' : 'cone');

export const sourceWord = (w: Words, source: string): string =>
  ({ sensor: w.sourceSensor, crew: w.sourceCrew, person: w.sourcePerson, resident: w.sourceResident })[source] ?? source;

export const sourceShort = (w: Words, source: string): string =>
  ({ sensor: w.sourceSensorShort, crew: w.sourceCrewShort, person: w.sourcePersonShort, resident: w.sourceResidentShort })[source] ?? source;

/** The steps of a request in order; a request stands on exactly one. */
export const STEPS = ['received', 'assigned', 'in-progress', 'field-complete', 'closed'] as const;

export function stepOf(r: Pick<RequestSummary, 'status' | 'stage'>): number {
  if (r.status === 'closed') return STEPS.length - 1;
  const stage = { accepted: 'assigned', 'handed-over': 'assigned', arrived: 'in-progress', started: 'in-progress', suspended: 'in-progress',
    waiting: 'in-progress', 'could-not-complete': 'in-progress' }[r.stage] ?? r.stage;
  return Math.max(0, STEPS.indexOf(stage as (typeof STEPS)[number]));
}

/** Stages in which a request waits for a decision in the office. */
export const needsSomebody = (stage: string): boolean => stage === 'review' || stage === 'held' || stage === 'triage' || stage === 'referred';

export const stageWord = (w: Words, stage: string): string =>
  ({
    review: w.stageReview, held: w.stageHeld, triage: w.stageTriage, referred: w.stageReferred, waiting: w.stageWaiting,
    resolved: w.stageResolved, rejected: w.stageRejected, received: w.stageReceived, assigned: w.stageAssigned, 'in-progress': w.stageProgress,
    'field-complete': w.stageField, closed: w.stageClosed, suspended: w.stageSuspended, withdrawn: w.statusWithdrawn,
    'could-not-complete': w.stageNot, accepted: w.orderAccepted, arrived: w.orderArrived, started: w.orderStarted,
  })[stage] ?? stage;

export const orderWord = (w: Words, state: string): string =>
  ({
    unassigned: w.orderUnassigned, assigned: w.orderAssigned, accepted: w.orderAccepted, arrived: w.orderArrived,
    started: w.orderStarted, suspended: w.orderSuspended, 'made-safe': w.orderMadeSafe, waiting: w.orderWaits,
    'handed-over': w.orderHandedOver, 'temporary-repair': w.orderTemporary, 'could-not-complete': w.orderNot,
    'field-complete': w.orderComplete, reviewed: w.orderReviewed, cancelled: w.orderCancelled,
  })[state] ?? state;

/** What was done with an order. */
export const eventWord = (w: Words, kind: string): string =>
  ({
    assign: w.didAssign, cancel: w.didCancel, emergency: w.didEmergency, interrupt: w.didInterrupt, review: w.didReview, 'send-back': w.didSendBack,
    accept: w.orderAccepted, arrive: w.orderArrived, start: w.orderStarted, suspend: w.orderSuspended, complete: w.orderComplete,
    'cannot-complete': w.orderNot, 'fixed-here': w.didFixedHere, undo: w.didUndo, seen: w.didSeen, acknowledge: w.didAcknowledge,
    'make-safe': w.orderMadeSafe, 'temporary-repair': w.orderTemporary, wait: w.orderWaits, 'hand-over': w.orderHandedOver, point: w.repairPoint,
    use: w.didUse, duress: w.didDuress, note: w.didNote,
  })[kind.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)] ?? kind;

/** How far an order got that the crew hasn't answered yet. */
export const deliveryWord = (w: Words, o: OrderSummary): string => {
  if (o.state !== 'assigned') return '';
  return o.delivery === 'seen' ? w.orderSeen : o.delivery === 'on-vehicle' ? w.orderOnVehicle : o.delivery === 'sent' ? w.orderSent : '';
};

export const orderIsOpen = (o: OrderSummary): boolean => !['field-complete', 'reviewed', 'temporary-repair', 'cancelled', 'closed'].includes(o.state);

export const orderColor = (state: string): string =>
  ({
    unassigned: 'var(--soon)', 'could-not-complete': 'var(--late)', suspended: 'var(--soon)', arrived: 'var(--unit-onsite)',
    started: 'var(--unit-onsite)', 'made-safe': 'var(--soon)', waiting: 'var(--soon)', 'temporary-repair': 'var(--good)',
    'field-complete': 'var(--good)', reviewed: 'var(--good)',
  })[state] ?? 'var(--accent)';

/** Finished work that nobody at the office has looked at. */
export const toReview = (all: readonly OrderSummary[]): OrderSummary[] =>
  all.filter((o) => o.state === 'field-complete').sort((a, b) => a.priority - b.priority || Date.parse(a.updatedAt) - Date.parse(b.updatedAt));

/** What later passes say about a repair. */
export const repairWord = (w: Words, v: Verification): string =>
  ({
    settling: w.repairSettling, waiting: w.repairWaiting(v.passesClear), verified: w.repairVerified(v.passesClear, v.vehicles),
    doubtful: w.repairDoubtful(v.passesFound), unverified: w.repairUnverified,
  })[v.state] ?? v.state;
