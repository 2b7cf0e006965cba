// Cuts layers into gzipped vector tiles. Deterministic: same input, same bytes.
import { gzipSync } from 'node:zlib';
import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';

const EXTENT = 4096;

/** @returns {{tiles: {z: number, x: number, y: number, data: Buffer}[], bounds: number[]}} */
export function cutTiles(layers, { minZoom, maxZoom }) {
  const box = boundsOf(Object.values(layers).flatMap((l) => l.features));
  const indexes = Object.entries(layers).map(([name, layer]) => ({
    name,
    layer,
    index: new GeoJSONVT(
      { type: 'FeatureCollection', features: layer.features },
      { maxZoom, indexMaxZoom: minZoom, extent: EXTENT, buffer: 96, tolerance: 3 },
    ),
  }));
  const tiles = [];
  for (let z = minZoom; z <= maxZoom; z++) {
    const [x0, y1] = tileOf(box[0], box[1], z);
    const [x1, y0] = tileOf(box[2], box[3], z);
    for (let x = x0; x <= x1; x++)
      for (let y = y0; y <= y1; y++) {
        const parts = {};
        for (const { name, layer, index } of indexes) {
          if (z < layer.minZoom) continue;
          const tile = index.getTile(z, x, y);
          if (!tile) continue;
          const features = tile.features.filter((f) => layer.keep(f.tags ?? {}, z));
          if (features.length > 0) parts[name] = { ...tile, features };
        }
        if (Object.keys(parts).length === 0) continue;
        const pbf = fromGeojsonVt(parts, { version: 2, extent: EXTENT });
        tiles.push({ z, x, y, data: gzipSync(pbf, { level: 9 }) });
      }
  }
  return { tiles, bounds: box };
}

function tileOf(lon, lat, z) {
  const n = 2 ** z;
  const phi = (lat * Math.PI) / 180;
  const y = ((1 - Math.asinh(Math.tan(phi)) / Math.PI) / 2) * n;
  return [Math.floor(((lon + 180) / 360) * n), Math.floor(y)];
}

function boundsOf(features) {
  const box = [180, 90, -180, -90];
  const visit = (c) => {
    if (typeof c[0] !== 'number') return c.forEach(visit);
    box[0] = Math.min(box[0], c[0]);
    box[1] = Math.min(box[1], c[1]);
    box[2] = Math.max(box[2], c[0]);
    box[3] = Math.max(box[3], c[1]);
  };
  for (const f of features) visit(f.geometry.coordinates);
  return box;
}
