import { expect, test } from 'vitest';
import { crewFigures } from '../../dispatch/src/team/crew-figures';
import { inOrderOfRoad } from '../../dispatch/src/team/road-order';
import { csvOf } from '../../dispatch/src/past/csv';
import { flowOf } from '../../dispatch/src/past/flow';
import { legsOf, replayOf } from '../../dispatch/src/past/read-day';
import { indexAt, placeAt, replay, replayAt, startReplay, trailAt } from '../../dispatch/src/past/replay';
import { about, roughness, segmentAt, toDrawn } from '../../dispatch/src/map/coverage';
import { atWall, dayOf } from '../../shared/format/time';
import { HOUR, NOW, order, request } from './samples';

const track = { t: [0, 10_000, 20_000, 900_000], lat: [1, 2, 2, 5], lon: [1, 1, 3, 5], speed: [5, 6, 7, 8], course: [90, null, 180, 0] };

test('A replayed unit is between its fixes, and nowhere while nobody knows', () => {
  expect([-1, 0, 9_999, 10_000, 5_000_000].map((t) => indexAt(track.t, t))).toEqual([-1, 0, 0, 1, 3]);
  expect(placeAt(track, -1)).toBeNull();
  expect(placeAt(track, 5_000)).toMatchObject({ lat: 1.5, lon: 1, course: 90 });
  expect(placeAt(track, 10_000)).toMatchObject({ course: -1 });
  // The next fix is a quarter of an hour away: for a while it is where it was last seen, then unknown.
  expect(placeAt(track, 60_000)).toMatchObject({ lat: 2, lon: 3 });
  expect(placeAt(track, 600_000)).toBeNull();
  expect(trailAt(track, 15_000, 60_000)).toEqual([1, 1, 2, 1, 2, 2]);
});

test('A request counts as closed when it ended, whatever changed later', () => {
  const r = request({ status: 'closed', openedAt: '2026-11-19T12:00:00Z', closedAt: '2026-11-20T12:10:00Z', updatedAt: '2026-11-20T15:00:00Z' });
  const flow = flowOf([r], Date.parse('2026-11-20T10:00:00Z'), Date.parse('2026-11-20T16:00:00Z'), 'hour');
  expect(flow.closed).toEqual([0, 0, 1, 0, 0, 0]);
});

test('A replay begins with the first fix of its day', () => {
  const day = { unit: 'u', from: '2026-11-20T05:00:00Z', to: '2026-11-21T05:00:00Z', truncated: false, trips: [], stops: [] };
  const first = Date.parse('2026-11-20T12:00:00Z');
  startReplay(replayOf('2026-11-20', [{ day, track: { ...track, t: [first], unit: 'u', name: 'U' } }]));
  expect(replayAt.value).toBe(first);
  expect(replay.value?.to).toBe(Date.parse(day.to));
});

test('Trips and stops of a day come in the order of time', () => {
  const trip = { from: '2026-11-20T12:00:00Z', to: '2026-11-20T12:10:00Z', startLat: 0, startLon: 0, endLat: 0, endLon: 0, distanceM: 1, topSpeedMps: 1 };
  const stop = { from: '2026-11-20T11:00:00Z', to: '2026-11-20T12:00:00Z', lat: 0, lon: 0, unseenSeconds: null };
  expect(legsOf({ unit: 'u', from: '', to: '', truncated: false, trips: [trip], stops: [stop] }).map((l) => l.kind)).toEqual(['stop', 'trip']);
});

test('A wall clock is the city’s, also across a change of the clocks', () => {
  expect(new Date(atWall('2026-07-01T07:30', 'America/New_York')).toISOString()).toBe('2026-07-01T11:30:00.000Z');
  expect(new Date(atWall('2026-11-22', 'America/New_York')).toISOString()).toBe('2026-11-22T05:00:00.000Z');
  expect(new Date(atWall('2026-11-01T09:00', 'America/New_York')).toISOString()).toBe('2026-11-01T14:00:00.000Z');
  expect(dayOf(Date.parse('2026-11-22T03:00:00Z'), 'America/New_York')).toBe('2026-11-21');
});

test('Opened and closed are counted by the city’s days', () => {
  const at = (hours: number) => new Date(NOW - hours * HOUR).toISOString();
  const all = [
    request({ openedAt: at(1), source: 'resident' }), request({ openedAt: at(30), status: 'closed', updatedAt: at(2) }), request({ openedAt: at(500), status: 'closed', updatedAt: at(30) }),
    request({ openedAt: at(900) }),
  ];
  const days = flowOf(all, NOW - 72 * HOUR, NOW, 'day', 'America/New_York');
  expect(days.at).toHaveLength(4);
  expect(days.opened).toEqual([0, 0, 1, 1]);
  expect(days.closed).toEqual([0, 0, 1, 1]);
  expect(days.bySource).toEqual({ resident: 1, sensor: 1 });
  expect(flowOf(all, NOW - 3 * HOUR, NOW, 'hour').opened.reduce((a, b) => a + b, 0)).toBe(1);
});

test('What opened in the hour that is not over is in the chart', () => {
  const to = Math.floor(NOW / HOUR) * HOUR + 40 * 60_000;
  const { at, opened } = flowOf([request({ openedAt: new Date(to - 60_000).toISOString() })], to - 2 * HOUR, to, 'hour');
  expect(opened).toEqual([0, 0, 1]);
  expect(at.at(-1)).toBe(to - 40 * 60_000);
});

test('A table keeps its cells apart, and none is a formula', () => {
  expect(csvOf(['a', 'b'], [['x,"y"', 1.5], ['=1+1', null]])).toBe('a,b\r\n"x,""y""",1.5\r\n\'=1+1,\r\n');
});

test('A route sheet has what is urgent first, then the nearest next', () => {
  const job = (id: string, lat: number, priority = 3, emergency = false) => order({ id, lat, lon: 0, priority, emergency });
  const road = inOrderOfRoad([job('far', 9), job('near', 1), job('urgent', 5, 1), job('emergency', 8, 3, true), job('next', 4)], { lat: 0, lon: 0 });
  expect(road.map((o) => o.id)).toEqual(['emergency', 'urgent', 'next', 'near', 'far']);
  expect(inOrderOfRoad([])).toEqual([]);
});

test('What hangs at a crew is not what it has to do', () => {
  const own = [
    order({ id: 'a', state: 'started', priority: 3 }), order({ id: 'b', state: 'suspended' }), order({ id: 'c', state: 'field-complete' }), order({ id: 'd', state: 'assigned', priority: 1 }),
    order({ id: 'e', state: 'assigned', priority: 4, emergency: true }), order({ id: 'f', crew: 'other' }), order({ id: 'g', state: 'reviewed' }),
  ];
  const f = crewFigures('c1', own, 2);
  expect([f.open, f.unsent, f.current?.id]).toEqual([4, 2, 'a']);
  expect([f.hanging, f.review, f.todo].map((list) => list.map((o) => o.id))).toEqual([['b'], ['c'], ['e', 'd', 'a']]);
});

test('A street that nobody measured is neither smooth nor rough', () => {
  const segment = { segment: 's', street: 'Broadway', district: null, line: [42_370_000, -71_100_000, 42_380_000, -71_100_000], roadPasses: 0, lampPasses: 0, roughnessMPerKm: null, roughnessErrorMPerKm: null, roughnessRank: null, potholes: 0, lampsDark: 0, lastRoad: null, lastLamp: null };
  const drawn = toDrawn(segment);
  expect(drawn.world[0]).toBeCloseTo(108.9 / 360, 6);
  expect(drawn.world[2]).toBe(drawn.world[0]);
  expect([null, 1, 5, 20].map((rough) => roughness({ ...segment, roughnessMPerKm: rough }))).toEqual([null, 0, 0.5, 1]);
});

test('Without a profiler a street is told by its rank and not in m/km', () => {
  const w = { roughness: (value: string) => `${value} m/km`, rougher: (share: string) => `rougher than ${share}` };
  expect(about(w, 'en', { roughnessMPerKm: null, roughnessErrorMPerKm: null, roughnessRank: 0.72 })).toBe('rougher than 72%');
  expect(about(w, 'en', { roughnessMPerKm: 3.14, roughnessErrorMPerKm: 0.31, roughnessRank: 0.72 })).toBe('≈ 3.1 ± 0.3 m/km');
  expect(about(w, 'en', { roughnessMPerKm: null, roughnessErrorMPerKm: null, roughnessRank: null })).toBeNull();
});

test('A street is pointed at within a reach, the nearest first', () => {
  const segment = (id: string, line: number[]) => toDrawn({ segment: id, street: id, district: null, line, roadPasses: 1, lampPasses: 0, roughnessMPerKm: 3, roughnessErrorMPerKm: 0.2, roughnessRank: 0.4, potholes: 0, lampsDark: 0, lastRoad: null, lastLamp: null });
  const streets = [segment('far', [42_400_000, -71_100_000, 42_400_000, -71_090_000]), segment('near', [42_370_000, -71_100_000, 42_370_000, -71_090_000])];
  const [, near] = streets;
  const [x, y] = [(near?.world[0] as number) + 1e-6, (near?.world[1] as number) + 1e-7];
  expect(segmentAt(streets, x, y, 1e-6)?.segment).toBe('near');
  expect(segmentAt(streets, x, y + 1e-4, 1e-6)).toBeNull();
});
