import { expect, test } from 'vitest';
import { LOOK_AHEAD_MS, moveTo, predict, startMotion, step, TRAIL_POINTS, turn } from '../../dispatch/src/feed/motion';

const METRE = 1 / 111_195;

function northbound(metresPerSecond = 10) {
  const m = startMotion(42, -71, 0, 0);
  moveTo(m, 42 + metresPerSecond * METRE, -71, 0, 1000);
  return m;
}

test('A marker runs on at the pace of its last two places', () => {
  const [lat] = predict(northbound(10), 1400);
  expect((lat - 42) / METRE).toBeGreaterThan(13);
  expect((lat - 42) / METRE).toBeLessThan(14.1);
});

test('A recording driven faster than recorded moves at the pace that is seen', () => {
  const [lat] = predict(northbound(100), 1500);
  expect((lat - 42) / METRE).toBeGreaterThan(135);
});

test('A marker without news comes to rest', () => {
  const m = northbound();
  expect(predict(m, 1000 + LOOK_AHEAD_MS)).toEqual(predict(m, 1000 + 60_000));
});

test('A vehicle that reports the same place twice stands still', () => {
  const m = northbound();
  moveTo(m, m.lat, m.lon, -1, 2000);
  expect(predict(m, 2500)).toEqual([m.lat, m.lon]);
});

test('A course that agrees turns the marker into the bend', () => {
  const m = startMotion(42, -71, 0, 0);
  moveTo(m, 42 + 10 * METRE, -71, 45, 1000);
  expect(m.eastMps).toBeCloseTo(m.northMps, 6);
});

test('A course that contradicts the drive is not believed', () => {
  const m = startMotion(42, -71, 0, 0);
  moveTo(m, 42 + 10 * METRE, -71, 180, 1000);
  expect(m.northMps).toBeGreaterThan(9);
});

test('An older fix is refused', () => {
  const m = northbound();
  expect(moveTo(m, 41, -71, 0, 500)).toBe(false);
  expect(m.lat).toBeGreaterThan(42);
});

test('A jump does not fly across the city and clears the trail', () => {
  const m = northbound();
  moveTo(m, 42.1, -71, 0, 2000);
  expect(m.shownLat).toBe(42.1);
  expect(m.trail).toEqual([42.1, -71]);
});

test('The shown place closes in and then rests', () => {
  const m = northbound();
  let frames = 0;
  while (step(m, 1000 + LOOK_AHEAD_MS, 16) && frames < 2000) frames++;
  expect(frames).toBeGreaterThan(20);
  expect(frames).toBeLessThan(400);
});

test('A trail stays short', () => {
  const m = startMotion(42, -71, 0, 0);
  for (let i = 1; i < 200; i++) moveTo(m, 42 + i * METRE, -71, 0, i * 1000);
  expect(m.trail).toHaveLength(TRAIL_POINTS * 2);
});

test('Turns take the shorter way', () => {
  expect(turn(350, 10)).toBe(20);
  expect(turn(10, 350)).toBe(-20);
});
