import type { RequestSummary, Snapshot, Unit } from '../../dispatch/src/feed/shapes';

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
