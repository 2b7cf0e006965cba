// Where the name of an area goes: the point of a coarse grid that lies deepest inside its largest ring.

export function labelPoint(geometry) {
  const polygons = geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates];
  const ring = polygons.map((p) => p[0]).reduce((a, b) => (Math.abs(area(b)) > Math.abs(area(a)) ? b : a));
  const [w, s, e, n] = bounds(ring);
  const squash = Math.cos((((s + n) / 2) * Math.PI) / 180);
  let best = { depth: -1, at: [(w + e) / 2, (s + n) / 2] };
  const steps = 24;
  for (let i = 1; i < steps; i++)
    for (let j = 1; j < steps; j++) {
      const at = [w + ((e - w) * i) / steps, s + ((n - s) * j) / steps];
      if (!inside(at, ring)) continue;
      const depth = distanceToRing(at, ring, squash);
      if (depth > best.depth) best = { depth, at };
    }
  return best.at.map((v) => Math.round(v * 1e6) / 1e6);
}

export function bounds(ring) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

function area(ring) {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++)
    sum += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
  return sum / 2;
}

function inside([x, y], ring) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

function distanceToRing([x, y], ring, squash) {
  let least = Infinity;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const ax = (ring[j][0] - x) * squash;
    const ay = ring[j][1] - y;
    const dx = (ring[i][0] - ring[j][0]) * squash;
    const dy = ring[i][1] - ring[j][1];
    const t = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + t * dx, ay + t * dy));
  }
  return least;
}
