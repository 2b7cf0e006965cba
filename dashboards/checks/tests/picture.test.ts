import { expect, test } from 'vitest';
import { Picture } from '../../dispatch/src/feed/picture';
import { NOW, request, snapshot, unit } from './samples';

test('A snapshot fills the picture', () => {
  const picture = new Picture();
  picture.applySnapshot(snapshot());
  const place = picture.places.get(0);
  expect(place?.motion).toMatchObject({ lat: 42.37, lon: -71.1, courseDeg: 90, fixMs: NOW - 200 });
  expect(place).toMatchObject({ speedMps: 10, activity: 'enroute', replay: true });
  expect([...picture.requests.keys()]).toEqual(['SR-26-000123']);
});

test('A tick changes only what it names', () => {
  const picture = new Picture();
  picture.applySnapshot(snapshot({ units: [unit(), unit({ n: 1, id: 'truck-2' })] }));
  const changes = picture.apply({ at: NOW + 100, units: [unit({ unsent: 7 })] });
  expect(changes).toMatchObject({ units: true, requests: false, positions: false, counts: false });
  expect(picture.units.get(0)?.unsent).toBe(7);
  expect(picture.units.get(1)?.id).toBe('truck-2');
});

test('A late position never moves a marker backwards', () => {
  const picture = new Picture();
  picture.applySnapshot(snapshot());
  picture.apply({ at: NOW + 1000, p: [0, 42_371_000, -71_100_000, 0, 900, 3, 5000, 0] });
  expect(picture.places.get(0)).toMatchObject({ speedMps: 10, activity: 'enroute' });
  expect(picture.places.get(0)?.motion.lat).toBe(42.37);
});

test('New and changed requests are told as news, repeated ones are not', () => {
  const picture = new Picture();
  picture.applySnapshot(snapshot());
  const fresh = request({ number: 'SR-26-000124' });
  const first = picture.apply({ at: NOW, requests: [fresh, request()] });
  expect(first.news.map((n) => [n.before?.number, n.after.number])).toEqual([[undefined, 'SR-26-000124']]);
  const second = picture.apply({ at: NOW, requests: [{ ...fresh, stage: 'assigned' }] });
  expect(second.news).toHaveLength(1);
});

test('A part of a snapshot that is read late takes nothing back', () => {
  const picture = new Picture();
  picture.applySnapshot(snapshot());
  picture.apply({ at: NOW, requests: [request({ stage: 'assigned' })] });
  picture.add({ at: NOW - 1000, requests: [request(), request({ number: 'SR-26-000200' })] });
  expect([...picture.requests.values()].map((r) => [r.number, r.stage])).toEqual([['SR-26-000123', 'assigned'], ['SR-26-000200', 'received']]);
});

test('A snapshot after a reconnect drops what is gone and keeps markers where they are shown', () => {
  const picture = new Picture();
  picture.applySnapshot(snapshot());
  const motion = picture.places.get(0)?.motion;
  picture.applySnapshot(snapshot({ at: NOW + 2000, requests: [] }));
  expect(picture.requests.size).toBe(0);
  expect(picture.places.get(0)?.motion).toBe(motion);
  picture.applySnapshot(snapshot({ boot: 'bbbbbbbb' }));
  expect(picture.places.get(0)?.motion).not.toBe(motion);
});

test('A picture handed to a second tab is the same picture', () => {
  const picture = new Picture();
  picture.applySnapshot(snapshot());
  const second = new Picture();
  second.applySnapshot(JSON.parse(JSON.stringify(picture.toSnapshot())));
  expect(second.toSnapshot()).toEqual(picture.toSnapshot());
});

test('A torn position block and an unknown activity do no harm', () => {
  const picture = new Picture();
  picture.applySnapshot(snapshot({ p: [0, 42_370_000, -71_100_000, -1, 0, 99, 0, 0, 1, 2] }));
  expect(picture.places.get(0)?.activity).toBe('unknown');
  expect(picture.places.size).toBe(1);
});
