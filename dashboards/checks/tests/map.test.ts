import { expect, test } from 'vitest';
import { fade } from '../../dispatch/src/feed/motion';
import { cluster } from '../../dispatch/src/map/clusters';
import { fitView, latOf, lonOf, metresPerPixel, toScreen, toWorld, worldX, worldY } from '../../dispatch/src/map/view';
import { drawnOf } from '../../dispatch/src/map/works';

const BOX = [-71.16, 42.35, -71.06, 42.4] as const;

test('Projection and its inverse agree', () => {
  expect(lonOf(worldX(-71.1))).toBeCloseTo(-71.1, 9);
  expect(latOf(worldY(42.37))).toBeCloseTo(42.37, 9);
});

test('A fitted view holds its box, and screen and world agree', () => {
  const view = fitView(BOX, 800, 600);
  const [left, top] = toScreen(view, worldX(BOX[0]), worldY(BOX[3]));
  const [right, bottom] = toScreen(view, worldX(BOX[2]), worldY(BOX[1]));
  expect(Math.min(left, top)).toBeGreaterThanOrEqual(23);
  expect(right).toBeLessThanOrEqual(777);
  expect(bottom).toBeLessThanOrEqual(577);
  const [x, y] = toWorld(view, ...toScreen(view, 0.3, 0.37));
  expect([x, y]).toEqual([expect.closeTo(0.3, 10), expect.closeTo(0.37, 10)]);
  expect(metresPerPixel(view)).toBeGreaterThan(5);
});

const points = (count: number, gap: number) =>
  Array.from({ length: count }, (_, i) => ({ x: 0.3 + i * gap, y: 0.37, item: i }));

test('Near points form one group, far ones stay single', () => {
  expect(cluster(points(5, 1e-9), 12, 34)).toHaveLength(1);
  expect(cluster(points(5, 1e-3), 12, 34)).toHaveLength(5);
});

test('Every point is in exactly one group', () => {
  const groups = cluster(points(300, 3e-6), 13, 34);
  expect(groups.flatMap((g) => g.items).sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, i) => i));
  expect(groups.length).toBeGreaterThan(1);
  expect(groups.length).toBeLessThan(300);
});

test('Groups fall apart when the map comes nearer', () => {
  const near = cluster(points(50, 2e-6), 16, 34).length;
  expect(near).toBeGreaterThan(cluster(points(50, 2e-6), 12, 34).length);
});

test('Without a reach nothing is grouped', () => {
  expect(cluster(points(4, 0), 18, 0)).toHaveLength(4);
});

test('A fix fades with age and never vanishes', () => {
  expect(fade(1000)).toBe(1);
  expect(fade(40_000)).toBeLessThan(0.9);
  expect(fade(9e9)).toBeCloseTo(0.4);
});

test('Drawn works are strokes of lines, and areas with their rings', () => {
  const line: [number, number][] = [[-71.1, 42.37], [-71.09, 42.38]];
  expect(drawnOf({ type: 'LineString', coordinates: line })).toEqual([{ area: false, rings: [line.map(([lon, lat]) => [worldX(lon), worldY(lat)])] }]);
  expect(drawnOf({ type: 'MultiLineString', coordinates: [line, line] })).toHaveLength(2);
  expect(drawnOf({ type: 'MultiPolygon', coordinates: [[line, line], [line]] }).map((w) => [w.area, w.rings.length])).toEqual([[true, 2], [true, 1]]);
});
