import type { ConsoleState, Order } from '../../crew/src/state/shapes';

export function job(part: Partial<Order> = {}): Order {
  return {
    id: 'o1', number: 'WO-26-000123', request: 'SR-26-000123', service: 'pothole', title: 'Pothole', address: '12 Inman St', lat: 42.37, lon: -71.1,
    priority: 2, state: 'assigned', distanceM: 700, bearingDeg: 87, kind: 'repair', emergency: false, mustAcknowledge: false, ...part,
  };
}

export function vehicle(part: Partial<ConsoleState> = {}): ConsoleState {
  return {
    vehicle: 'unit-214', kind: 'crewed', shift: { state: 'on', id: 's1', crew: 'paving-alpha', crewName: 'Paving Alpha', members: ['m-7', 'm-12'], since: '2026-11-22T12:00:00Z' },
    activity: 'enRoute', orders: [job()], nearby: [], notices: [], recent: [], connected: true, unsent: 0, unsentActions: 0, unsentFiles: 0, unsentFileBytes: 0,
    offline: { days: 19, limits: { disk: 19 } }, fixAgeSeconds: 0, speedMps: 0, at: { lat: 42.37, lon: -71.1 }, voiceNotes: true, speaks: false, locked: false, ...part,
  };
}
