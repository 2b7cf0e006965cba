// The order in which a day's jobs lie on the way: urgent ones first, the rest nearest next. Pure.
interface Job {
  lat: number;
  lon: number;
  priority: number;
  emergency?: boolean;
}

const metres = (a: { lat: number; lon: number }, b: { lat: number; lon: number }) =>
  Math.hypot((a.lat - b.lat) * 111_195, (a.lon - b.lon) * 111_195 * Math.cos((a.lat * Math.PI) / 180));

export function inOrderOfRoad<J extends Job>(jobs: readonly J[], start?: { lat: number; lon: number } | null): J[] {
  const rank = (j: J) => (j.emergency ? 0 : j.priority === 1 ? 1 : 2);
  const left = [...jobs];
  const road: J[] = [];
  let here: { lat: number; lon: number } | null | undefined = start;
  while (left.length > 0) {
    const first = Math.min(...left.map(rank));
    const next = left
      .filter((j) => rank(j) === first)
      .reduce((best, j) => (here && metres(here, j) < metres(here, best) ? j : best));
    left.splice(left.indexOf(next), 1);
    road.push(next);
    here = next;
  }
  return road;
}
