// @vitest-environment node
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { PMTiles, zxyToTileId } from 'pmtiles';
import { afterAll, beforeAll, test } from 'vitest';
import { build } from '../../basemap/build.mjs';
import { joinLines } from '../../basemap/join-lines.mjs';
import { labelPoint } from '../../basemap/label-point.mjs';
import { hilbertId, writePmtiles } from '../../basemap/pmtiles-writer.mjs';

const CITY = fileURLToPath(new URL('../../../hub/Cities/cambridge-ma', import.meta.url));
let out;

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'basemap-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const archive = (bytes) =>
  new PMTiles({
    getKey: () => 'memory',
    getBytes: async (offset, length) => ({
      data: bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + offset + length),
    }),
  });

const square = (bounds) => ({ minZoom: 0, maxZoom: 9, bounds, metadata: { name: 'test' } });

test('Tile numbers follow the Hilbert curve of the format', () => {
  for (let z = 0; z <= 6; z++)
    for (let x = 0; x < 2 ** z; x++)
      for (let y = 0; y < 2 ** z; y++) assert.equal(hilbertId(z, x, y), zxyToTileId(z, x, y));
  assert.equal(hilbertId(15, 9911, 12119), zxyToTileId(15, 9911, 12119));
});

test('A large archive with leaf directories reads back', async () => {
  const tiles = [];
  for (let x = 0; x < 128; x++)
    for (let y = 0; y < 128; y++)
      tiles.push({ z: 9, x: x * 3, y: y * 2, data: gzipSync(`${(x * 7919 + y * 104729) % 9973} ${x}/${y}`) });
  const read = archive(writePmtiles(tiles, square([-10, -10, 10, 10])));
  const header = await read.getHeader();
  assert.equal(header.numAddressedTiles, tiles.length);
  for (const [x, y] of [[0, 0], [5, 90], [127, 127]]) {
    const tile = await read.getZxy(9, x * 3, y * 2);
    assert.match(Buffer.from(tile.data).toString(), new RegExp(` ${x}/${y}$`));
  }
  assert.equal(await read.getZxy(9, 1, 1), undefined);
});

test('Equal tiles are stored once', async () => {
  const tiles = [0, 1, 2, 3].map((i) => ({ z: 1, x: i >> 1, y: i & 1, data: gzipSync('same') }));
  const header = await archive(writePmtiles(tiles, square([-1, -1, 1, 1]))).getHeader();
  assert.deepEqual([header.numAddressedTiles, header.numTileContents, header.numTileEntries], [4, 1, 1]);
});

test('Blocks of one street become one line, and others stay apart', () => {
  const line = (name, ...coordinates) => ({
    type: 'Feature', properties: { name }, geometry: { type: 'LineString', coordinates },
  });
  const joined = joinLines([line('A', [0, 0], [1, 0]), line('B', [1, 0], [1, 1]), line('A', [2, 0], [1, 0])]);
  assert.deepEqual(joined.map((f) => [f.properties.name, f.geometry.coordinates.length]), [['A', 3], ['B', 2]]);
});

test('A label lies inside a bent area', () => {
  const [x, y] = labelPoint({ type: 'Polygon', coordinates: [[[0, 0], [10, 0], [10, 1], [1, 1], [1, 10], [0, 10], [0, 0]]] });
  assert.ok((x > 0 && x < 1) || (y > 0 && y < 1));
});

test('The city builds in time, twice to the same bytes, and reads back with its layers', async () => {
  const started = performance.now();
  const built = build(CITY, out);
  assert.ok(performance.now() - started < 15_000);
  const bytes = readFileSync(built.file);
  assert.ok(bytes.equals(readFileSync(build(CITY, join(out, 'again')).file)));
  const read = archive(bytes);
  const header = await read.getHeader();
  assert.deepEqual([header.minZoom, header.maxZoom, header.tileType], [10, 15, 1]);
  assert.ok(header.minLon < -71.11 && header.maxLon > -71.11);
  const metadata = await read.getMetadata();
  const names = metadata.vector_layers.map((l) => l.id);
  for (const name of ['city', 'water', 'green', 'rail', 'bridge', 'street', 'place']) assert.ok(names.includes(name));
  const tile = Buffer.from((await read.getZxy(14, 4955, 6059)).data).toString('latin1');
  for (const name of ['street', 'green', 'Massachusetts Ave']) assert.ok(tile.includes(name), name);
});

test('Glyphs lie beside the tiles', () => {
  const glyphs = readdirSync(join(out, 'glyphs', 'Noto Sans Regular'));
  assert.ok(glyphs.includes('0-255.pbf'));
  assert.ok(glyphs.length >= 200);
});
