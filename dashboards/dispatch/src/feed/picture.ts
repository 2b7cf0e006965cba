// The page's copy of the city: a pure fold of snapshot and ticks. No DOM, no signals; the worker holds one too.
import { startMotion, moveTo, type Motion } from './motion';
import {
  ACTIVITIES, type Activity, type Counts, type CrewAlert, type CrewSummary, type OrderSummary, POSITION_INTS, type RequestSummary,
  type Snapshot, type Tick, type Unit,
} from './shapes';

export interface Place {
  motion: Motion;
  speedMps: number;
  activity: Activity;
  replay: boolean;
}

export interface Changes {
  units: boolean;
  requests: boolean;
  orders: boolean;
  crews: boolean;
  alerts: boolean;
  counts: boolean;
  positions: boolean;
  /** Requests of a tick whose like was not known before, or whose status or stage changed. */
  news: { before: RequestSummary | undefined; after: RequestSummary }[];
}

const NO_COUNTS: Counts = {
  requestsOpen: 0, requestsOverdue: 0, unitsOnline: 0, unitsTotal: 0, crewsOnSite: 0, lightsOut: 0, potholes: 0, aside: 0,
};

export class Picture {
  boot = '';
  at = 0;
  units = new Map<number, Unit>();
  places = new Map<number, Place>();
  requests = new Map<string, RequestSummary>();
  orders = new Map<string, OrderSummary>();
  crews = new Map<string, CrewSummary>();
  alerts = new Map<string, CrewAlert>();
  counts: Counts = NO_COUNTS;

  /** Starts anew. Markers that stay keep their shown place, so that a reconnect does not make them jump. */
  applySnapshot(s: Snapshot): Changes {
    const known = new Map(this.units);
    const places = this.places;
    const sameBoot = this.boot === s.boot;
    this.boot = s.boot;
    this.units = new Map();
    this.places = new Map();
    this.requests = new Map();
    this.orders = new Map();
    this.crews = new Map();
    this.alerts = new Map();
    for (const unit of s.units ?? []) {
      const place = places.get(unit.n);
      if (place && sameBoot && known.get(unit.n)?.id === unit.id) this.places.set(unit.n, place);
    }
    this.apply(s);
    return { units: true, requests: true, orders: true, crews: true, alerts: true, counts: true, positions: true, news: [] };
  }

  apply(t: Tick): Changes {
    this.at = t.at;
    const news: Changes['news'] = [];
    for (const unit of t.units ?? []) this.units.set(unit.n, unit);
    for (const after of t.requests ?? []) {
      const before = this.requests.get(after.number);
      if (before?.status !== after.status || before.stage !== after.stage) news.push({ before, after });
      this.requests.set(after.number, after);
    }
    for (const order of t.orders ?? []) this.orders.set(order.id, order);
    for (const crew of t.crews ?? []) this.crews.set(crew.id, crew);
    for (const alert of t.alerts ?? []) {
      if (alert.acknowledgedAt) this.alerts.delete(alert.id);
      else this.alerts.set(alert.id, alert);
    }
    if (t.counts) this.counts = t.counts;
    if (t.p) this.#move(t.p, t.at);
    return {
      units: t.units !== undefined, requests: t.requests !== undefined, orders: t.orders !== undefined,
      crews: t.crews !== undefined, alerts: t.alerts !== undefined, counts: t.counts !== undefined, positions: t.p !== undefined, news,
    };
  }

  /** Takes a part of the last snapshot. What a tick has told of since then is newer, and nothing in it is news. */
  add(part: Tick) {
    for (const r of part.requests ?? []) if (!this.requests.has(r.number)) this.requests.set(r.number, r);
  }

  #move(p: readonly number[], at: number) {
    for (let i = 0; i + POSITION_INTS <= p.length; i += POSITION_INTS) {
      const of = (k: number) => p[i + k] as number;
      const [n, lat, lon, course, ageMs] = [of(0), of(1) / 1e6, of(2) / 1e6, of(3), of(6)];
      let place = this.places.get(n);
      if (!place) {
        place = { motion: startMotion(lat, lon, course, at - ageMs), speedMps: 0, activity: 'unknown', replay: false };
        this.places.set(n, place);
      } else if (!moveTo(place.motion, lat, lon, course, at - ageMs)) continue;
      place.speedMps = of(4) / 100;
      place.activity = ACTIVITIES[of(5)] ?? 'unknown';
      place.replay = (of(7) & 1) === 1;
    }
  }

  /** What a newcomer needs to hold the same picture. */
  toSnapshot(): Snapshot {
    const p: number[] = [];
    for (const [n, { motion: m, speedMps, activity, replay }] of this.places)
      p.push(
        n, Math.round(m.lat * 1e6), Math.round(m.lon * 1e6), m.courseDeg, Math.round(speedMps * 100),
        ACTIVITIES.indexOf(activity), this.at - m.fixMs, replay ? 1 : 0,
      );
    return {
      boot: this.boot, at: this.at, p, units: [...this.units.values()], requests: [...this.requests.values()],
      orders: [...this.orders.values()], crews: [...this.crews.values()], alerts: [...this.alerts.values()], counts: this.counts,
    };
  }
}
