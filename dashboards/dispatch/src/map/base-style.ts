// The base map's look, from the theme's tokens: two themes, one style.
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';

const FONT = ['Noto Sans Regular'];
const OUTSIDE_PATTERN = 'outside';

const grow = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.5], ['zoom'], ...stops] as unknown as ExpressionSpecification;

export function baseStyle(tiles: string, glyphs: string, token: (name: string) => string): StyleSpecification {
  const c = (name: string) => token(`--map-${name}`);
  const street = (id: string, kind: string, part: Partial<LayerSpecification>) =>
    ({
      id, type: 'line', source: 'city', 'source-layer': 'street', filter: ['==', ['get', 'class'], kind],
      layout: { 'line-cap': 'round', 'line-join': 'round' }, ...part,
    }) as LayerSpecification;
  const label = (id: string, layer: string, layout: object, paint: object, part: object = {}) =>
    ({
      id, type: 'symbol', source: 'city', 'source-layer': layer,
      layout: { 'text-field': ['get', 'name'], 'text-font': FONT, ...layout },
      paint: { 'text-halo-color': c('halo'), 'text-halo-width': 1.4, ...paint },
      ...part,
    }) as LayerSpecification;
  const layers: LayerSpecification[] = [
    { id: 'outside', type: 'background', paint: { 'background-color': c('outside') } },
    { id: 'outside-hatch', type: 'background', paint: { 'background-pattern': OUTSIDE_PATTERN, 'background-opacity': 1 } },
    { id: 'land', type: 'fill', source: 'city', 'source-layer': 'city', paint: { 'fill-color': c('land') } },
    { id: 'green', type: 'fill', source: 'city', 'source-layer': 'green', paint: { 'fill-color': c('green') } },
    { id: 'water', type: 'fill', source: 'city', 'source-layer': 'water', paint: { 'fill-color': c('water') } },
    {
      id: 'bridge', type: 'fill', source: 'city', 'source-layer': 'bridge',
      paint: { 'fill-color': c('street'), 'fill-outline-color': c('case') },
    },
    street('local-case', 'local', { minzoom: 13.5, paint: { 'line-color': c('case'), 'line-width': grow(13, 1.4, 15, 5.2, 18, 24) } }),
    street('secondary-case', 'secondary', { paint: { 'line-color': c('case'), 'line-width': grow(11, 1.4, 13, 3.4, 15, 8, 18, 32) } }),
    street('major-case', 'major', { paint: { 'line-color': c('major-case'), 'line-width': grow(10, 1.6, 13, 4.6, 15, 9.6, 18, 38) } }),
    street('local', 'local', { paint: { 'line-color': c('street'), 'line-width': grow(12, 0.7, 13, 1.1, 15, 4, 18, 21) } }),
    street('secondary', 'secondary', { paint: { 'line-color': c('street'), 'line-width': grow(11, 0.9, 13, 2.4, 15, 6.4, 18, 29) } }),
    street('major', 'major', { paint: { 'line-color': c('major'), 'line-width': grow(10, 1, 13, 3.4, 15, 7.8, 18, 35) } }),
    {
      id: 'rail', type: 'line', source: 'city', 'source-layer': 'rail', filter: ['==', ['get', 'kind'], 'active'],
      paint: { 'line-color': c('rail'), 'line-width': grow(12, 0.8, 16, 2), 'line-dasharray': [4, 2] },
    },
    {
      id: 'boundary', type: 'line', source: 'city', 'source-layer': 'city',
      paint: { 'line-color': c('boundary'), 'line-width': grow(10, 1, 16, 2.4), 'line-opacity': 0.75 },
    },
    label('street-name', 'street',
      { 'symbol-placement': 'line', 'text-size': grow(13, 9.5, 17, 14), 'symbol-spacing': 320, 'text-max-angle': 32 },
      { 'text-color': c('label') },
      { minzoom: 13.2, filter: ['any', ['!=', ['get', 'class'], 'local'], ['>=', ['zoom'], 14.6]] }),
    label('green-name', 'greenlabel',
      { 'text-size': 11, 'text-max-width': 7 }, { 'text-color': c('label'), 'text-opacity': 0.8 }, { minzoom: 15.4 }),
    label('place', 'place',
      {
        'text-size': grow(11, 9.5, 13, 12, 15, 15), 'text-max-width': 7, 'text-letter-spacing': 0.06, 'text-padding': 6,
      },
      { 'text-color': c('place'), 'text-halo-width': 1.8 }, { maxzoom: 15.8 }),
  ];
  return { version: 8, glyphs, sources: { city: { type: 'vector', url: tiles } }, layers };
}

/** A quiet hatch for what lies outside the city's own data. */
export function outsideHatch(token: (name: string) => string): { id: string; image: ImageData } {
  const size = 16;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.strokeStyle = token('--map-hatch');
  pen.lineWidth = 1;
  pen.beginPath();
  for (const start of [-size, 0, size]) {
    pen.moveTo(start, size);
    pen.lineTo(start + size, 0);
  }
  pen.stroke();
  return { id: OUTSIDE_PATTERN, image: pen.getImageData(0, 0, size, size) };
}
