import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { hilbertId, writePmtiles } from '../../basemap/pmtiles-writer.mjs';
import { CityTiles, tileId } from '../../dispatch/src/map/city-tiles';

const text = (data) => (data ? new TextDecoder().decode(data) : null);

const contents = Array.from({ length: 97 }, (_, i) => gzipSync(`tile ${i}`));
const said = (x, y) => (x * 31 + y * 57) % contents.length;

function archive(zoom) {
  const tiles = [];
  for (let x = 0; x < 2 ** zoom; x++)
    for (let y = 0; y < 2 ** zoom; y++) if ((x + y) % 3 !== 0) tiles.push({ z: zoom, x, y, data: contents[said(x, y)] });
  const bytes = new Uint8Array(writePmtiles(tiles, { minZoom: zoom, maxZoom: zoom, bounds: [-71.2, 42.3, -71, 42.4], metadata: {} }));
  let reads = 0;
  const read = async (offset, length) => {
    reads++;
    return bytes.slice(offset, offset + length).buffer;
  };
  return { city: new CityTiles(read), count: () => reads };
}

test('Each tile of an archive is found, and none where there is none', async () => {
  const { city } = archive(3);
  expect(await city.about()).toEqual({ minzoom: 3, maxzoom: 3, bounds: [-71.2, 42.3, -71, 42.4] });
  for (let x = 0; x < 8; x++)
    for (let y = 0; y < 8; y++) expect(text(await city.tile(3, x, y))).toBe((x + y) % 3 === 0 ? null : `tile ${said(x, y)}`);
  expect(await city.tile(2, 1, 1)).toBeNull();
});

test('An archive with leaves is read leaf by leaf, each once', async () => {
  const { city, count } = archive(8);
  expect(text(await city.tile(8, 100, 201))).toBe(`tile ${said(100, 201)}`);
  const before = count();
  expect(text(await city.tile(8, 100, 201))).toBe(`tile ${said(100, 201)}`);
  expect(count()).toBe(before + 1);
});

test('Tiles are numbered as the builder numbers them', () => {
  for (const [z, x, y] of [[0, 0, 0], [1, 1, 0], [5, 17, 30], [14, 4957, 6060]]) expect(tileId(z, x, y)).toBe(hilbertId(z, x, y));
});

test('What is no archive is said to be none, and asked again next time', async () => {
  let reads = 0;
  const city = new CityTiles(async () => {
    reads++;
    return new ArrayBuffer(200);
  });
  await expect(city.tile(1, 0, 0)).rejects.toThrow('no PMTiles');
  await expect(city.tile(1, 0, 0)).rejects.toThrow('no PMTiles');
  expect(reads).toBe(2);
});
