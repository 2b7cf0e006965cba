// Which of a city's GeoJSON files becomes which layer of the tiles, and what each feature keeps.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinLines } from './join-lines.mjs';
import { labelPoint } from './label-point.mjs';

const STREET_CLASS = { 1: 'major', 2: 'secondary' };

/** @param {string} city folder with the city's GeoJSON files */
export function readLayers(city) {
  const read = (name) => JSON.parse(readFileSync(join(city, `${name}.geojson`), 'utf8')).features;
  const neighborhoods = read('neighborhoods');
  const streets = read('centerlines').map((f) =>
    feature(f, { class: STREET_CLASS[f.properties.MajorRoad] ?? 'local', name: f.properties.Street ?? '' }),
  );
  return {
    city: layer(read('boundary').map((f) => feature(f, {}))),
    water: layer(read('water').map((f) => feature(f, { kind: f.properties.TYPE ?? '' }))),
    green: layer(
      read('open-space').map((f) => feature(f, { name: f.properties.NAME ?? '' })),
      { minZoom: 11 },
    ),
    greenlabel: layer(
      read('open-space')
        .filter((f) => f.properties.NAME)
        .map((f) => ({ ...point(labelPoint(f.geometry)), properties: { name: f.properties.NAME } })),
      { minZoom: 15 },
    ),
    rail: layer(
      read('rail').map((f) => feature(f, { kind: f.properties.TYPE === 'RAIL-ABANDON' ? 'abandoned' : 'active' })),
      { minZoom: 11 },
    ),
    bridge: layer(read('bridges').map((f) => feature(f, { kind: f.properties.TYPE ?? '' })), { minZoom: 12 }),
    street: layer(joinLines(streets), { keep: (properties, zoom) => zoom >= 12 || properties.class !== 'local' }),
    neighborhood: layer(neighborhoods.map((f) => feature(f, { name: f.properties.NAME })), { minZoom: 12 }),
    place: layer(
      neighborhoods.map((f) => ({ ...point(labelPoint(f.geometry)), properties: { name: f.properties.NAME } })),
      { minZoom: 11 },
    ),
  };
}

function layer(features, { minZoom = 0, keep = () => true } = {}) {
  return { features, minZoom, keep };
}

function feature(source, properties) {
  return { type: 'Feature', properties, geometry: source.geometry };
}

function point(coordinates) {
  return { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates } };
}
