// Smooth motion between fixes. The reported speed is not enough: recordings are driven faster than they were recorded,
// so the pace of the marker comes from its last two places; the reported course only turns it.

/** How far ahead of the last fix a marker may run, ms. */
export const LOOK_AHEAD_MS = 2500;
/** Time in which a marker closes most of the gap to where it should be, ms. */
const CATCH_UP_MS = 260;
/** A gap larger than this is a jump, not a drive, metres. */
const JUMP_M = 250;
const METRES_PER_DEGREE = 111_195;
export const TRAIL_POINTS = 24;

export interface Motion {
  lat: number;
  lon: number;
  /** When the vehicle was there, ms on the hub's clock. */
  fixMs: number;
  northMps: number;
  eastMps: number;
  /** Degrees clockwise from north; -1: unknown. */
  courseDeg: number;
  shownLat: number;
  shownLon: number;
  shownCourse: number;
  /** Latest places, oldest first: lat, lon, lat, lon… */
  trail: number[];
}

export function startMotion(lat: number, lon: number, courseDeg: number, fixMs: number): Motion {
  return {
    lat, lon, fixMs, courseDeg,
    northMps: 0, eastMps: 0,
    shownLat: lat, shownLon: lon, shownCourse: courseDeg,
    trail: [lat, lon],
  };
}

/** Takes a newer fix. An older one than the shown one never moves a marker backwards: it is ignored. */
export function moveTo(m: Motion, lat: number, lon: number, courseDeg: number, fixMs: number): boolean {
  const seconds = (fixMs - m.fixMs) / 1000;
  if (seconds < 0) return false;
  if (lat === m.lat && lon === m.lon) {
    if (seconds > 0.5) m.northMps = m.eastMps = 0;
    m.fixMs = fixMs;
    if (courseDeg >= 0) m.courseDeg = courseDeg;
    return true;
  }
  const east = Math.cos((lat * Math.PI) / 180) * METRES_PER_DEGREE;
  const north = (lat - m.lat) * METRES_PER_DEGREE;
  const right = (lon - m.lon) * east;
  if (seconds > 0.05 && seconds < 15) aim(m, north / seconds, right / seconds, courseDeg);
  else if (seconds >= 15) m.northMps = m.eastMps = 0;
  m.lat = lat;
  m.lon = lon;
  m.fixMs = fixMs;
  m.courseDeg = courseDeg;
  if (Math.hypot(north, right) > JUMP_M) {
    m.shownLat = lat;
    m.shownLon = lon;
    m.trail.length = 0;
  }
  m.trail.push(lat, lon);
  if (m.trail.length > TRAIL_POINTS * 2) m.trail.splice(0, m.trail.length - TRAIL_POINTS * 2);
  return true;
}

/** Pace from the last two places, direction from the course when both roughly agree (it knows of the turn first). */
function aim(m: Motion, north: number, east: number, courseDeg: number) {
  const pace = Math.hypot(north, east);
  const driven = (Math.atan2(east, north) * 180) / Math.PI;
  const useCourse = courseDeg >= 0 && Math.abs(turn(driven, courseDeg)) < 75;
  const heading = ((useCourse ? courseDeg : driven) * Math.PI) / 180;
  m.northMps = pace * Math.cos(heading);
  m.eastMps = pace * Math.sin(heading);
}

/** Where the marker should be now: straight on from the last fix, slowing to a stop as the fix ages. */
export function predict(m: Motion, nowMs: number): [lat: number, lon: number] {
  const t = Math.max(0, Math.min(nowMs - m.fixMs, LOOK_AHEAD_MS));
  const ahead = (t - (t * t) / (2 * LOOK_AHEAD_MS)) / 1000;
  return [
    m.lat + (m.northMps * ahead) / METRES_PER_DEGREE,
    m.lon + (m.eastMps * ahead) / (METRES_PER_DEGREE * Math.cos((m.lat * Math.PI) / 180)),
  ];
}

/** Moves the shown place towards the predicted one. @returns whether it still moves visibly. */
export function step(m: Motion, nowMs: number, frameMs: number): boolean {
  const [lat, lon] = predict(m, nowMs);
  const share = 1 - Math.exp(-frameMs / CATCH_UP_MS);
  const dLat = lat - m.shownLat;
  const dLon = lon - m.shownLon;
  m.shownLat += dLat * share;
  m.shownLon += dLon * share;
  if (m.courseDeg >= 0)
    m.shownCourse = m.shownCourse < 0 ? m.courseDeg : (m.shownCourse + turn(m.shownCourse, m.courseDeg) * share + 360) % 360;
  return Math.abs(dLat) + Math.abs(dLon) > 2e-7;
}

/** The signed shorter way from one bearing to another, degrees. */
export function turn(from: number, to: number): number {
  return ((to - from + 540) % 360) - 180;
}

/** Fixes older than this begin to fade, and are palest at the second, ms. */
const FADE_MS: [number, number] = [8_000, 90_000];

export function fade(ageMs: number): number {
  const t = (ageMs - FADE_MS[0]) / (FADE_MS[1] - FADE_MS[0]);
  return 1 - 0.6 * Math.max(0, Math.min(1, t));
}
