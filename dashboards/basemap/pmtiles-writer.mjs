// Writes a PMTiles v3 archive: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
// Tiles are clustered in Hilbert order and equal contents stored once.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

const HEADER_BYTES = 127;
const ROOT_LIMIT = 16384 - HEADER_BYTES;
const GZIP = 2;
const MVT = 1;

/** @param tiles gzipped vector tiles @returns {Buffer} the archive */
export function writePmtiles(tiles, { minZoom, maxZoom, bounds, metadata }) {
  const { entries, data, contents } = layOut(tiles);
  const { root, leaves } = directories(entries);
  const meta = gzipSync(JSON.stringify(metadata), { level: 9 });
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles', 0, 'latin1');
  header.writeUInt8(3, 7);
  let offset = HEADER_BYTES;
  [root, meta, leaves, data].forEach((part, i) => {
    header.writeBigUInt64LE(BigInt(offset), 8 + i * 16);
    header.writeBigUInt64LE(BigInt(part.length), 16 + i * 16);
    offset += part.length;
  });
  header.writeBigUInt64LE(BigInt(tiles.length), 72);
  header.writeBigUInt64LE(BigInt(entries.length), 80);
  header.writeBigUInt64LE(BigInt(contents), 88);
  header.writeUInt8(1, 96); // clustered
  header.writeUInt8(GZIP, 97);
  header.writeUInt8(GZIP, 98);
  header.writeUInt8(MVT, 99);
  header.writeUInt8(minZoom, 100);
  header.writeUInt8(maxZoom, 101);
  for (const [i, degrees] of bounds.entries()) header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4);
  header.writeUInt8(Math.min(maxZoom, minZoom + 3), 118);
  header.writeInt32LE(Math.round(((bounds[0] + bounds[2]) / 2) * 1e7), 119);
  header.writeInt32LE(Math.round(((bounds[1] + bounds[3]) / 2) * 1e7), 123);
  return Buffer.concat([header, root, meta, leaves, data]);
}

function layOut(tiles) {
  const sorted = tiles.map((t) => ({ id: hilbertId(t.z, t.x, t.y), data: t.data })).sort((a, b) => a.id - b.id);
  const known = new Map();
  const chunks = [];
  const entries = [];
  let end = 0;
  for (const { id, data } of sorted) {
    const hash = createHash('sha256').update(data).digest('hex');
    let offset = known.get(hash);
    if (offset === undefined) {
      offset = end;
      known.set(hash, offset);
      chunks.push(data);
      end += data.length;
    }
    const last = entries.at(-1);
    if (last && last.offset === offset && last.id + last.run === id) last.run++;
    else entries.push({ id, offset, length: data.length, run: 1 });
  }
  return { entries, data: Buffer.concat(chunks), contents: known.size };
}

function directories(entries) {
  const whole = directory(entries);
  if (whole.length <= ROOT_LIMIT) return { root: whole, leaves: Buffer.alloc(0) };
  for (let size = 4096; ; size *= 2) {
    const leaves = [];
    const roots = [];
    let offset = 0;
    for (let i = 0; i < entries.length; i += size) {
      const leaf = directory(entries.slice(i, i + size));
      roots.push({ id: entries[i].id, offset, length: leaf.length, run: 0 });
      leaves.push(leaf);
      offset += leaf.length;
    }
    const root = directory(roots);
    if (root.length <= ROOT_LIMIT) return { root, leaves: Buffer.concat(leaves) };
  }
}

function directory(entries) {
  const bytes = [];
  varint(bytes, entries.length);
  let last = 0;
  for (const e of entries) {
    varint(bytes, e.id - last);
    last = e.id;
  }
  for (const e of entries) varint(bytes, e.run);
  for (const e of entries) varint(bytes, e.length);
  entries.forEach((e, i) => {
    const before = entries[i - 1];
    varint(bytes, before && e.offset === before.offset + before.length ? 0 : e.offset + 1);
  });
  return gzipSync(Buffer.from(bytes), { level: 9 });
}

function varint(bytes, value) {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}

/** Tile number along the Hilbert curve, after all lower zooms. Safe in a double up to zoom 26. */
export function hilbertId(z, x, y) {
  let id = (4 ** z - 1) / 3;
  let [tx, ty] = [x, y];
  for (let s = 2 ** (z - 1); s >= 1; s /= 2) {
    const rx = (tx & s) > 0 ? 1 : 0;
    const ry = (ty & s) > 0 ? 1 : 0;
    id += s * s * ((3 * rx) ^ ry);
    if (ry === 0) {
      if (rx === 1) {
        tx = s - 1 - (tx & (s - 1));
        ty = s - 1 - (ty & (s - 1));
      } else {
        tx &= s - 1;
        ty &= s - 1;
      }
      [tx, ty] = [ty, tx];
    } else {
      tx &= s - 1;
      ty &= s - 1;
    }
  }
  return id;
}
