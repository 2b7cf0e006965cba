import type { View } from './view';

/** What the canvas above needs of the map below: MapLibre's, or the flat one where WebGL 2 is missing. */
export interface Surface {
  view(): View;
  /** Called whenever the view changed, before it is painted. */
  onMove: () => void;
  onClick: (x: number, y: number) => void;
  onHover: (x: number, y: number) => void;
  flyTo(lon: number, lat: number, zoom?: number): void;
  /** Moves at once, without animation: for following a unit. */
  centre(lon: number, lat: number): void;
  zoomBy(levels: number): void;
  fit(bounds: [number, number, number, number]): void;
  pointer(over: boolean): void;
  /** Takes the colours of the theme anew. */
  restyle(): void;
  close(): void;
}
