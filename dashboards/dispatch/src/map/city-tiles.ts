// Reads vector tiles out of a PMTiles archive by ranges: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
// The package for it brings an unpacker of its own, which browsers have had for years.

const HEADER_BYTES = 127;
/** Header and root directory lie in so many bytes. */
const FIRST_BYTES = 16_384;
const GZIP = 2;
const NONE = 1;
/** A root directory points to leaves, and a leaf hardly ever further. */
const MOST_STEPS = 4;

interface Entry {
  id: number;
  offset: number;
  length: number;
  /** Tiles in a row that are equal; 0: it is a directory. */
  run: number;
}

interface Header {
  root: [offset: number, length: number];
  leaves: number;
  tiles: number;
  packing: { directory: number; tile: number };
  zooms: [number, number];
  bounds: number[];
}

export type ReadBytes = (offset: number, length: number, signal?: AbortSignal) => Promise<ArrayBuffer>;

export const bytesOf = (url: string): ReadBytes => async (offset, length, signal) => {
  const answer = await fetch(url, { headers: { range: `bytes=${offset}-${offset + length - 1}` }, ...(signal ? { signal } : {}) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  // A server that knows no ranges sends all of it.
  return answer.status === 200 ? bytes.slice(offset, offset + length) : bytes;
};

export class CityTiles {
  #read: ReadBytes;
  #first: Promise<{ header: Header; root: Entry[] }> | null = null;
  #leaves = new Map<number, Promise<Entry[]>>();

  constructor(read: ReadBytes) {
    this.#read = read;
  }

  /** @returns null where the city has nothing. */
  async tile(z: number, x: number, y: number, signal?: AbortSignal): Promise<ArrayBuffer | null> {
    const { header, root } = await this.#open();
    const id = tileId(z, x, y);
    let entries = root;
    for (let step = 0; step < MOST_STEPS; step++) {
      const entry = find(entries, id);
      if (!entry) return null;
      if (entry.run > 0) return unpack(await this.#read(header.tiles + entry.offset, entry.length, signal), header.packing.tile);
      entries = await this.#leaf(header, entry);
    }
    throw new Error('The map archive points in circles');
  }

  async about(): Promise<{ minzoom: number; maxzoom: number; bounds: number[] }> {
    const { header } = await this.#open();
    return { minzoom: header.zooms[0], maxzoom: header.zooms[1], bounds: header.bounds };
  }

  #open() {
    this.#first ??= this.#readFirst().catch((e: unknown) => {
      this.#first = null;
      throw e;
    });
    return this.#first;
  }

  async #readFirst() {
    const bytes = await this.#read(0, FIRST_BYTES);
    const header = headerOf(bytes);
    const [offset, length] = header.root;
    return { header, root: entriesOf(await unpack(bytes.slice(offset, offset + length), header.packing.directory)) };
  }

  #leaf(header: Header, { offset, length }: Entry): Promise<Entry[]> {
    let leaf = this.#leaves.get(offset);
    if (!leaf) {
      leaf = this.#read(header.leaves + offset, length).then((bytes) => unpack(bytes, header.packing.directory)).then(entriesOf);
      this.#leaves.set(offset, leaf);
      leaf.catch(() => this.#leaves.delete(offset));
    }
    return leaf;
  }
}

function headerOf(bytes: ArrayBuffer): Header {
  const view = new DataView(bytes);
  const magic = bytes.byteLength >= HEADER_BYTES && view.getUint16(0, true) === 0x4d50 && view.getUint8(7) === 3;
  if (!magic) throw new Error('This is no PMTiles archive of version 3');
  const number = (at: number) => Number(view.getBigUint64(at, true));
  return {
    root: [number(8), number(16)], leaves: number(40), tiles: number(56), packing: { directory: view.getUint8(97), tile: view.getUint8(98) },
    zooms: [view.getUint8(100), view.getUint8(101)], bounds: [102, 106, 110, 114].map((at) => view.getInt32(at, true) / 1e7),
  };
}

async function unpack(bytes: ArrayBuffer, packing: number): Promise<ArrayBuffer> {
  if (packing === NONE) return bytes;
  if (packing !== GZIP) throw new Error('The map archive is packed in a way that no browser unpacks');
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

function entriesOf(buffer: ArrayBuffer): Entry[] {
  const bytes = new Uint8Array(buffer);
  let at = 0;
  const next = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  let id = 0;
  const entries: Entry[] = Array.from({ length: next() }, () => ({ id: 0, offset: 0, length: 0, run: 0 }));
  for (const entry of entries) entry.id = id += next();
  for (const entry of entries) entry.run = next();
  for (const entry of entries) entry.length = next();
  entries.forEach((entry, i) => {
    const value = next();
    const before = entries[i - 1];
    entry.offset = value === 0 && before ? before.offset + before.length : value - 1;
  });
  return entries;
}

/** The entry that holds a tile, or the directory that may. */
function find(entries: readonly Entry[], id: number): Entry | null {
  let [low, high] = [0, entries.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.id ?? 0) <= id) low = middle + 1;
    else high = middle - 1;
  }
  const entry = entries[high];
  return entry && (entry.run === 0 || id < entry.id + entry.run) ? entry : null;
}

/** Tile number along the Hilbert curve, after all lower zooms. */
export function tileId(z: number, x: number, y: number): number {
  let id = (4 ** z - 1) / 3;
  let [tx, ty] = [x, y];
  for (let s = 2 ** (z - 1); s >= 1; s /= 2) {
    const rx = (tx & s) > 0 ? 1 : 0;
    const ry = (ty & s) > 0 ? 1 : 0;
    id += s * s * ((3 * rx) ^ ry);
    [tx, ty] = [tx & (s - 1), ty & (s - 1)];
    if (ry === 0) {
      if (rx === 1) [tx, ty] = [s - 1 - tx, s - 1 - ty];
      [tx, ty] = [ty, tx];
    }
  }
  return id;
}
