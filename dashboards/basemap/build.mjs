#!/usr/bin/env node
// node build.mjs --city DIR --out DIR [--name NAME]
// Writes OUT/NAME.pmtiles and OUT/glyphs/Noto Sans Regular/*.pbf. NAME is the city folder's name unless given.
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readLayers } from './layers.mjs';
import { writePmtiles } from './pmtiles-writer.mjs';
import { cutTiles } from './tiles.mjs';

const ZOOMS = { minZoom: 10, maxZoom: 15 };
const GLYPHS = 'Noto Sans Regular';

export function build(city, out, name = basename(resolve(city))) {
  const layers = readLayers(city);
  const { tiles, bounds } = cutTiles(layers, ZOOMS);
  const metadata = {
    name,
    vector_layers: Object.entries(layers).map(([id, layer]) => ({
      id,
      fields: Object.fromEntries(Object.keys(layer.features[0]?.properties ?? {}).map((k) => [k, 'String'])),
    })),
  };
  mkdirSync(out, { recursive: true });
  const file = join(out, `${name}.pmtiles`);
  const archive = writePmtiles(tiles, { ...ZOOMS, bounds, metadata });
  writeFileSync(file, archive);
  const fonts = join(dirname(fileURLToPath(import.meta.url)), 'node_modules/tileserver-gl-styles/fonts', GLYPHS);
  cpSync(fonts, join(out, 'glyphs', GLYPHS), { recursive: true });
  return { file, tiles: tiles.length, bytes: archive.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { city: { type: 'string' }, out: { type: 'string' }, name: { type: 'string' } },
  });
  if (!values.city || !values.out) {
    console.error('usage: node build.mjs --city DIR --out DIR [--name NAME]');
    process.exit(2);
  }
  if (!existsSync(values.city)) {
    console.error(`No city folder at '${values.city}'.`);
    process.exit(2);
  }
  const built = build(values.city, values.out, values.name);
  console.log(`${built.file}: ${built.tiles} tiles, ${built.bytes} bytes`);
}
