import type {
  Attachment, Gaps, OrderSummary, RequestSummary, ShiftOnUnit, ShiftReceipt, Snapshot, Unit, UnsentUnit,
} from '../../dispatch/src/feed/shapes';

export const NOW = Date.parse('2026-11-21T20:00:00Z');
export const HOUR = 3_600_000;

export function request(part: Partial<RequestSummary> = {}): RequestSummary {
  return {
    number: 'SR-26-000123', service: 'street-light-out', title: 'Street light out', status: 'open', stage: 'received',
    address: '12 Inman St', lat: 42.37, lon: -71.1, priority: 3, source: 'sensor',
    openedAt: new Date(NOW - HOUR).toISOString(), targetAt: new Date(NOW + 24 * HOUR).toISOString(),
    updatedAt: new Date(NOW - HOUR).toISOString(), sampledAt: null, site: 's1', pole: '791-2', order: null, crew: null,
    evidenceFor: 2, evidenceAgainst: 0, ...part,
  };
}

export function unit(part: Partial<Unit> = {}): Unit {
  return {
    n: 0, id: 'truck-1', name: 'Truck 1', kind: 'crewed', online: true, shift: 'on', crew: null, order: null, unsent: 0,
    lastSeenMs: NOW, ...part,
  };
}

export function snapshot(part: Partial<Snapshot> = {}): Snapshot {
  return {
    boot: 'aaaaaaaa', at: NOW, units: [unit()], p: [0, 42_370_000, -71_100_000, 90, 1000, 2, 200, 1], requests: [request()],
    orders: [], crews: [], ...part,
  };
}

export function order(part: Partial<OrderSummary> = {}): OrderSummary {
  return {
    id: 'o1', number: 'WO-26-000123', request: 'SR-26-000123', service: 'pothole', title: 'Pothole', address: null, lat: 42.37, lon: -71.1,
    state: 'assigned', delivery: null, crew: 'c1', crewName: 'Paving Alpha', vehicle: null, priority: 2, targetAt: null,
    updatedAt: new Date(NOW).toISOString(), ...part,
  };
}

export function attachment(part: Partial<Attachment> = {}): Attachment {
  return {
    sha256: 'abc', type: 'image/jpeg', bytes: 2_900_000, state: 'received', received: 2_900_000, vehicle: 'unit-214', action: 'a1', reason: null, ...part,
  };
}

export function onUnit(part: Partial<ShiftOnUnit> = {}): ShiftOnUnit {
  return {
    vehicle: 'unit-214', name: 'Unit 214', atCityHall: 0, signedFor: null, still: 0, missing: false, online: false,
    lastHeard: new Date(NOW - HOUR).toISOString(), ...part,
  };
}

export function receipt(part: Partial<ShiftReceipt> = {}): ShiftReceipt {
  return {
    shift: 's1', crew: 'c1', crewName: 'Paving Alpha', from: new Date(NOW - 6 * HOUR).toISOString(), to: null, atCityHall: 0, still: 0,
    complete: false, vehicles: [onUnit()], ...part,
  };
}

export function unsent(part: Partial<UnsentUnit> = {}): UnsentUnit {
  return {
    id: 'unit-214', name: 'Unit 214', online: false, lastHeard: new Date(NOW - HOUR).toISOString(), unsentActions: 3, unsent: 41,
    oldest: new Date(NOW - 2 * HOUR).toISOString(), unsentFileBytes: 2_900_000, shift: 's1', crew: 'c1',
    offline: { days: 19, limits: { certificate: 45, disk: 19 } }, ...part,
  };
}

export function gaps(part: Partial<Gaps> = {}, epoch: Partial<Gaps['epochs'][number]> = {}): Gaps {
  return {
    vehicle: 'unit-214', online: true, unsent: 0, lastHeard: null, missing: 0, dropped: 0, missingLinks: 0, brokenLinks: 0,
    epochs: [{ epoch: 'e', highest: 900, missing: [], dropped: [], chain: { atHub: 61, count: 61, broken: [] }, ...epoch }], ...part,
  };
}
