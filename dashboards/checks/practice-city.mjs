// The invented life of the practice hub: units that drive the real centre-lines, requests at real poles and corners.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { officeAnswer } from './practice-answers.mjs';
import { pastAnswer } from './practice-past.mjs';
import { CityLists, firstEvents } from './practice-office.mjs';
import { gapsOf, shiftsOf, unsentOf } from './practice-receipts.mjs';
import { observationsOf, parties, pushesOf, requestsOf, whoseOf } from './practice-requests.mjs';

const CREWS = ['Lighting North', 'Lighting East', 'Paving Alpha', 'Paving Bravo', 'Street Crew 5', 'Street Crew 6', 'Signals', 'Night Lighting'];
const METRES = 111_195;

/** A small seeded generator, so that each run shows the same city. */
export function seeded(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class PracticeCity {
  boot = 'a0b1c2d3';

  constructor(folder, vehicles, requests) {
    const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).features;
    this.random = seeded(311);
    this.lists = new CityLists(folder);
    this.events = firstEvents(Date.now());
    this.acknowledged = new Set();
    [this.automation, this.links, this.told, this.published, this.notes, this.facts] = [new Map(), new Map(), new Map(), new Map(), new Map(), new Map()];
    this.poles = read('street-lights.geojson').map((f) => ({
      id: f.properties.PoleID, street: `${f.properties.StreetName} ${f.properties.StreetSuffix ?? ''}`.trim(),
      lon: f.geometry.coordinates[0], lat: f.geometry.coordinates[1],
    }));
    this.lines = read('centerlines.geojson').filter((f) => f.geometry.type === 'LineString');
    this.ends = new Map();
    for (const line of this.lines)
      for (const end of [line.geometry.coordinates[0], line.geometry.coordinates.at(-1)]) {
        const key = end.join();
        this.ends.set(key, [...(this.ends.get(key) ?? []), line.geometry.coordinates]);
      }
    this.crews = CREWS.map((name, i) => ({ id: `crew-${i + 1}`, name, shift: i === 6 ? 'off' : i === 5 ? 'break' : 'on', vehicle: i === 6 ? null : `unit-${i + 201}` }));
    this.requests = new Map(requestsOf(this, requests, Date.now()).map((r) => [r.number, r]));
    this.orders = new Map();
    this.units = Array.from({ length: vehicles }, (_, n) => this.#unit(n));
    for (const r of this.requests.values()) if (r.crew && r.status === 'open') this.#order(r);
    for (const [i, o] of [...this.orders.values()].filter((x) => x.state === 'assigned').slice(0, 2).entries()) Object.assign(o, { emergency: true, mustAcknowledge: i === 0, priority: 1 });
    this.clock = 0;
    this.changed = { requests: new Set(), orders: new Set() };
  }

  #unit(n) {
    const line = this.lines[Math.floor(this.random() * this.lines.length)].geometry.coordinates;
    const crew = this.crews[n]?.vehicle ? this.crews[n] : null;
    const activity = crew ? [2, 3, 2, 1, 2, 4, 1, 3][n] : this.random() < 0.75 ? 5 : 1;
    return {
      n, line, leg: 0, done: 0, speed: 4 + this.random() * 9, activity, at: [...line[0]], course: 0,
      public: {
        n, id: `unit-${n + 201}`, name: n < 8 ? `Truck ${n + 201}` : `Sweeper ${n + 201}`, kind: crew ? 'crewed' : 'sensor-only',
        online: ![3, 5, 9].includes(n % 11), shift: crew?.shift ?? 'on', crew: crew?.id ?? null, order: null,
        unsent: n % 11 === 9 || n === 3 ? 41 : 0,
        lastSeenMs: Date.now() - ([3, 5, 9].includes(n % 11) ? 1_260_000 : 0),
      },
    };
  }

  #order(r) {
    const crew = this.crews.find((c) => c.name === r.crew);
    const id = `o-${r.number}`;
    const state = { assigned: 'assigned', 'in-progress': 'started', 'field-complete': 'field-complete' }[r.stage] ?? 'assigned';
    const order = {
      id, number: r.number.replace('SR', 'WO'), request: r.number, service: r.service, title: r.title, address: r.address,
      lat: r.lat, lon: r.lon, state, crew: crew?.id ?? null, crewName: crew?.name ?? null, vehicle: crew?.vehicle ?? null,
      priority: r.priority, targetAt: r.targetAt, updatedAt: r.updatedAt,
      delivery: [null, 'sent', 'on-vehicle', 'seen'][this.orders.size % 4],
    };
    this.orders.set(id, order);
    r.order = order.number;
    const unit = this.units.find((u) => u.public.id === crew?.vehicle);
    if (unit && !unit.public.order && state !== 'field-complete') unit.public.order = id;
    return order;
  }

  #drive(unit, seconds) {
    if (unit.activity === 3 || unit.activity === 4 || !unit.public.online) return false;
    let left = unit.speed * seconds;
    while (left > 0) {
      const from = unit.line[unit.leg];
      const to = unit.line[unit.leg + 1];
      if (!to) {
        const here = unit.line.at(-1);
        const ways = (this.ends.get(here.join()) ?? []).filter((l) => l !== unit.line);
        const next = ways[Math.floor(this.random() * ways.length)] ?? unit.line;
        unit.line = next[0].join() === here.join() ? next : [...next].reverse();
        unit.leg = 0;
        unit.done = 0;
        continue;
      }
      const east = (to[0] - from[0]) * METRES * Math.cos((from[1] * Math.PI) / 180);
      const north = (to[1] - from[1]) * METRES;
      const length = Math.hypot(east, north);
      const go = Math.min(left, length - unit.done);
      unit.done += go;
      left -= go;
      const share = length > 0 ? unit.done / length : 1;
      unit.at = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
      unit.course = Math.round(((Math.atan2(east, north) * 180) / Math.PI + 360) % 360);
      if (unit.done >= length - 1e-6) {
        unit.leg++;
        unit.done = 0;
      }
    }
    return true;
  }

  #position(unit, age) {
    const moving = unit.activity !== 3 && unit.activity !== 4;
    return [
      unit.n, Math.round(unit.at[1] * 1e6), Math.round(unit.at[0] * 1e6), unit.course, moving ? Math.round(unit.speed * 100) : 0,
      unit.activity, unit.public.online ? age : 1_260_000, unit.n % 3 === 0 ? 1 : 0,
    ];
  }

  step(now, ms) {
    this.clock += ms;
    const p = [];
    for (const unit of this.units) {
      this.#drive(unit, ms / 1000);
      // Each vehicle reports once a second, not all in the same tick.
      if (Math.floor(this.clock / ms) % 10 === unit.n % 10 && unit.public.online) p.push(...this.#position(unit, 120));
    }
    const tick = { at: now };
    if (p.length > 0) tick.p = p;
    if (this.clock % 7000 === 0) this.#life(now);
    if (this.changed.requests.size + this.changed.orders.size > 0) {
      tick.requests = [...this.changed.requests];
      tick.orders = [...this.changed.orders];
      tick.counts = this.counts(now);
      this.changed = { requests: new Set(), orders: new Set() };
    }
    return tick;
  }

  /** Every few seconds something happens: a request opens, or one moves on. */
  #life(now) {
    if (this.random() < 0.5) {
      const [fresh] = requestsOf(this, 1, now, this.requests.size);
      this.requests.set(fresh.number, fresh);
      this.changed.requests.add(fresh);
      return;
    }
    const working = [...this.requests.values()].filter((r) => r.status === 'open' && r.crew);
    const r = working[Math.floor(this.random() * working.length)];
    if (!r) return;
    const next = { assigned: 'in-progress', 'in-progress': 'field-complete', 'field-complete': 'closed' }[r.stage] ?? 'assigned';
    this.set(r, { stage: next, status: next === 'closed' ? 'closed' : 'open', updatedAt: new Date(now).toISOString() });
  }

  set(r, part) {
    const fresh = { ...r, ...part };
    this.requests.set(r.number, fresh);
    this.changed.requests.add(fresh);
    return fresh;
  }

  setOrder(o, part) {
    const fresh = { ...o, ...part };
    this.orders.set(o.id, fresh);
    this.changed.orders.add(fresh);
    const r = this.requests.get(o.request);
    const stage = { started: 'in-progress', arrived: 'in-progress', 'field-complete': 'field-complete' }[fresh.state] ?? 'assigned';
    if (r) this.set(r, { crew: fresh.crewName, stage: fresh.crew ? stage : 'received', updatedAt: fresh.updatedAt });
    return fresh;
  }

  open({ service, lat, lon, description, reportedAddress }) {
    const [fresh] = requestsOf(this, 1, Date.now(), this.requests.size);
    const district = this.lists.districtAt(lon, lat);
    const title = this.lists.services().items.find((s) => s.code === service).title;
    return this.set(fresh, { service, title, lat, lon, description, address: reportedAddress ?? fresh.address, source: 'person', district, department: this.lists.departmentOf(service, district), evidenceFor: 0, evidenceAgainst: 0, pole: null });
  }

  /** Lines of a request's history that came about since the start. */
  noted(number) {
    if (!this.notes.has(number)) this.notes.set(number, []);
    return this.notes.get(number);
  }

  counts(now) {
    const open = [...this.requests.values()].filter((r) => r.status === 'open');
    return {
      requestsOpen: open.length, requestsOverdue: open.filter((r) => Date.parse(r.targetAt) < now).length,
      unitsOnline: this.units.filter((u) => u.public.online).length, unitsTotal: this.units.length,
      crewsOnSite: this.units.filter((u) => u.activity === 3 && u.public.crew).length,
      lightsOut: open.filter((r) => r.service === 'street-light-out').length,
      potholes: open.filter((r) => r.service === 'pothole').length, aside: 3,
    };
  }

  snapshot(now) {
    return {
      boot: this.boot, at: now, units: this.units.map((u) => u.public), p: this.units.flatMap((u) => this.#position(u, 400)),
      requests: [...this.requests.values()], orders: [...this.orders.values()], crews: this.crews, counts: this.counts(now),
    };
  }

  answer(method, path, body, query) {
    const [, , room, id, action] = path.split('/');
    if (path === '/api/me') return { name: 'Dana Keller', role: 'supervisor' };
    if (path === '/api/map')
      return {
        title: 'Cambridge, Massachusetts', city: 'Cambridge, Massachusetts', timeZone: 'America/New_York',
        tilesUrl: '/tiles/cambridge-ma.pmtiles', glyphsUrl: '/glyphs/{fontstack}/{range}.pbf',
        bounds: [-71.1606, 42.3522, -71.0640, 42.4044], center: [-71.112, 42.378], zoom: 13,
        attribution: 'City of Cambridge GIS (public domain)',
      };
    if (path === '/api/street-lights') return { poles: this.poles.map((p) => [p.id, Math.round(p.lat * 1e6), Math.round(p.lon * 1e6), 0, this.lampState(p)]) };
    if (path === '/api/work-zones') return works();
    if (path === '/api/aside')
      return { items: [['future-dated', 'fix time 14 min ahead'], ['zero-coordinates', '0, 0 from unit-204'], ['oversized', '1,310,720 bytes']].map(
        ([reason, detail], i) => ({ id: i, receivedTime: new Date(Date.now() - i * 3e5).toISOString(), vehicle: `unit-20${i + 3}`, reason, detail }),
      ) };
    if (path === '/api/parties') return parties();
    if (path === '/api/city/pushes') return pushesOf([...this.requests.values()], query.get('state'));
    if (room === 'requests' && id) {
      const r = this.requests.get(id);
      if (action === 'responsibility') return whoseOf(r);
      if (action === 'review') return this.#review(r, body.decision);
    }
    const past = pastAnswer(this, method, path, body, query);
    if (past !== undefined) return past;
    const office = officeAnswer(this, method, path, body, query);
    if (office !== undefined) return office;
    if (path === '/api/vehicles/unsent') return unsentOf(this);
    if (room === 'shifts') {
      const shifts = shiftsOf(this, Date.now());
      const [unit, crew] = [query.get('vehicle'), query.get('crew')];
      const asked = shifts.filter((s) => (!unit || s.vehicles[0].vehicle === unit) && (!crew || s.crew === crew)).slice(0, Number(query.get('limit') ?? 50));
      return id ? shifts.find((s) => s.shift === id) : { items: asked, next: null };
    }
    if (path === '/api/places') return this.places(query.get('q') ?? '');
    if (room === 'vehicles' && action === 'health') {
      const at = new Date(Date.now() - 1200).toISOString();
      const source = id.endsWith('7') ? 'stale: no message for 12 s' : 'ok';
      return {
        record: { at: new Date(Date.now() - 140_000).toISOString(), receivedAt: at, lagSeconds: 1.4, ignition: true, cpuTemperatureC: 48, diskFreeBytes: 9.4e9, unsent: 0, unsentActions: 0, sources: { position: 'ok', motion: source, light: 'ok' } },
        live: { receivedAt: at, lagSeconds: 0.2, hdop: 0.9, lux: 8 + 6 * Math.sin(Date.now() / 4000), shockMps2: Math.abs(3 * Math.sin(Date.now() / 900)), clock: 'gps', uncertaintyMs: 5 },
      };
    }
    if (room === 'vehicles' && action === 'gaps') return gapsOf(this.units.find((u) => u.public.id === id).public);
    if (room === 'vehicles' && id) {
      const timed = query.has('reason');
      const some = [...this.requests.values()].filter((r) => r.source === 'sensor').slice(0, 2);
      return { items: some.flatMap((r) => observationsOf(r).slice(0, 1)).map((o) => (timed ? o : { ...o, at: null, fixTime: null, deviceTime: null })) };
    }
    if (path === '/api/work-orders' && method === 'POST') return this.assign(body.request, body.crew);
    return path === '/api/session' ? null : undefined;
  }

  /** Streets whose name begins with what was typed; a number stands before it. */
  places(text) {
    const [, number, street = ''] = /^\s*(\d+)?\s*(.*?)\s*$/.exec(text);
    const found = new Map();
    for (const l of this.lines) {
      const name = l.properties.Street ?? '';
      if (street && name.toLowerCase().startsWith(street.toLowerCase()) && !found.has(name)) found.set(name, l.geometry.coordinates[0]);
    }
    return { items: [...found].slice(0, 6).map(([name, [lon, lat]]) => ({ kind: number ? 'address' : 'street', text: number ? `${number} ${name}` : name, detail: number ? `${name} between Broadway and Harvard St` : null, lat, lon, exact: true, segment: null })) };
  }

  lampState(pole) {
    const sum = [...pole.id].reduce((s, c) => (s * 31 + c.charCodeAt(0)) % 9973, 7);
    return sum % 45 === 0 ? 2 : sum % 5 === 0 ? 0 : 1;
  }

  #review(r, decision) {
    const next = decision === 'accept' ? { stage: 'received', responsible: 'crew' } : { stage: 'rejected', status: 'closed' };
    return this.set(r, { ...next, updatedAt: new Date().toISOString() });
  }

  assign(number, crewId) {
    const r = this.requests.get(number);
    const crew = this.crews.find((c) => c.id === crewId);
    if (!r) return undefined;
    if (!crew) return this.#order(r);
    const fresh = this.set(r, { crew: crew.name, stage: 'assigned', updatedAt: new Date().toISOString() });
    const order = this.#order(fresh);
    this.changed.orders.add(order);
    return order;
  }
}

/** A trench along a street and a square that is dug up. */
function works() {
  const feature = (id, label, geometry) => ({
    type: 'Feature', id, geometry,
    properties: { layer: 'works', label, from: new Date(Date.now() - 864e5).toISOString(), until: new Date(Date.now() + 864e5).toISOString(), state: 'lasting' },
  });
  return { type: 'FeatureCollection', features: [
    feature('w1', 'Water main', { type: 'LineString', coordinates: [[-71.1163, 42.3731], [-71.1115, 42.3757], [-71.1084, 42.3789]] }),
    feature('w2', 'Paving', { type: 'Polygon', coordinates: [[[-71.103, 42.3651], [-71.1008, 42.3659], [-71.1001, 42.3645], [-71.1024, 42.3638], [-71.103, 42.3651]]] }),
  ] };
}
