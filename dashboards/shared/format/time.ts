// Times as people read them. All take the moment "now" so that tests decide it.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "12 s", "4 min", "3 h 20 min", "1 d 4 h": at most two parts, rounded down. */
export function duration(ms: number): string {
  const t = Math.max(0, ms);
  if (t < MINUTE) return `${Math.floor(t / 1000)} s`;
  if (t < HOUR) return `${Math.floor(t / MINUTE)} min`;
  if (t < DAY) {
    const minutes = Math.floor((t % HOUR) / MINUTE);
    const hours = Math.floor(t / HOUR);
    return minutes > 0 && hours < 6 ? `${hours} h ${minutes} min` : `${hours} h`;
  }
  const days = Math.floor(t / DAY);
  const hours = Math.floor((t % DAY) / HOUR);
  return hours > 0 && days < 2 ? `${days} d ${hours} h` : `${days} d`;
}

/** Ages of live data: tenths of a second while they are small. */
export function age(locale: string, ms: number): string {
  if (ms >= 10_000) return duration(ms);
  const tenths = Math.max(0, ms) / 1000;
  return `${tenths.toLocaleString(locale, { maximumFractionDigits: 1, minimumFractionDigits: 1 })} s`;
}

export type Urgency = 'late' | 'soon' | 'fine' | 'none';

/** How a target date stands: late, within four hours, or fine. */
export function urgency(targetMs: number | null, nowMs: number): Urgency {
  if (targetMs === null) return 'none';
  const left = targetMs - nowMs;
  if (left < 0) return 'late';
  return left < 4 * HOUR ? 'soon' : 'fine';
}

export function clock(locale: string, ms: number, timeZone?: string): string {
  return new Date(ms).toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZone });
}

/** Hour and minute. */
export function clockTime(locale: string, ms: number, timeZone?: string): string {
  return new Date(ms).toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit', timeZone });
}

/** For records and paper: date with year, time, zone. */
export function fullMoment(locale: string, ms: number, timeZone?: string): string {
  return new Date(ms).toLocaleString(locale, { year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short', timeZone });
}

/** Time today, else date and time. */
export function moment(locale: string, ms: number, nowMs: number, timeZone?: string): string {
  const day = (t: number) => new Date(t).toLocaleDateString('en-CA', { timeZone });
  const time: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit', timeZone };
  if (day(ms) === day(nowMs)) return new Date(ms).toLocaleTimeString(locale, time);
  return new Date(ms).toLocaleString(locale, { month: 'short', day: 'numeric', ...time });
}

/** The moment of a wall clock, "2026-11-22T07:30" or "2026-11-22", in a city's zone. In the hour that comes twice it is the first. */
export function atWall(text: string, timeZone?: string): number {
  const asUtc = Date.parse(text.length <= 10 ? `${text}T00:00:00Z` : `${text.slice(0, 16)}:00Z`);
  const shown = (ms: number) => Date.parse(`${new Date(ms).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`) - ms;
  const first = asUtc - shown(asUtc);
  return asUtc - shown(first);
}

/** The day of a moment on a city's calendar, as 2026-11-22. */
export const dayOf = (ms: number, timeZone?: string): string => new Date(ms).toLocaleDateString('sv-SE', { timeZone });
