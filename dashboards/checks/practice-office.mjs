// What the office of the practice hub does: reviews, merges, events, automation, alerts. Shapes are the real hub's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const HOUR = 3_600_000;
const iso = (ms) => new Date(ms).toISOString();

/** The city's own files, as the real hub reads them. */
export class CityLists {
  constructor(folder) {
    const json = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    this.file = json('services.json');
    this.areas = json('neighborhoods.geojson').features.map((f) => ({ id: String(f.properties.N_HOOD), name: f.properties.NAME, rings: rings(f.geometry) }));
  }

  services() {
    const { services, departments, pauseReasons, resolutions } = this.file;
    return { items: services.map((s) => ({ ...s, allowSensor: s.sensor ?? false })), departments, pauseReasons, resolutions: resolutions.map((r) => ({ closes: true, ...r })) };
  }

  districts() {
    return { items: this.areas.map(({ id, name }) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)) };
  }

  districtAt(lon, lat) {
    return this.areas.find((a) => a.rings.some((ring) => inside(ring, lon, lat)))?.id ?? null;
  }

  departmentOf(service, district) {
    const s = this.file.services.find((x) => x.code === service);
    return s?.byDistrict?.[district] ?? s?.department ?? null;
  }
}

const rings = (g) => (g.type === 'Polygon' ? [g.coordinates[0]] : g.coordinates.map((c) => c[0]));

function inside(ring, x, y) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

export function alertsOf(city, now) {
  const open = [...city.requests.values()].filter((r) => r.status === 'open' && r.stage !== 'review' && !city.acknowledged.has(r.number));
  const items = open.flatMap((r) => {
    const [opened, target] = [Date.parse(r.openedAt), Date.parse(r.targetAt)];
    const percent = Math.floor(((now - opened) / (target - opened)) * 100);
    const kind = percent >= 150 ? 'escalation' : percent >= 100 ? 'breach' : percent >= 75 ? 'warning' : null;
    return kind ? [{
      id: r.number, request: r.number, title: r.title, address: r.address, department: r.department, priority: r.priority, kind,
      percent: kind === 'escalation' ? 150 : kind === 'breach' ? 100 : 75, notify: kind === 'warning' ? 'dispatcher' : 'supervisor', at: iso(now - HOUR), targetAt: r.targetAt,
      acknowledgedAt: null, acknowledgedBy: null, clearedAt: null,
    }] : [];
  });
  return { items: items.slice(0, 24), next: null };
}

export function duplicatesOf(city, r) {
  const metres = (o) => Math.hypot((o.lat - r.lat) * 111_195, (o.lon - r.lon) * 82_000);
  const items = [...city.requests.values()]
    .filter((o) => o.number !== r.number && o.status === 'open' && !o.parent && metres(o) < 220)
    .sort((a, b) => metres(a) - metres(b)).slice(0, 3)
    .map((o) => ({
      request: o, sameness: o.service === r.service && metres(o) < 40 ? 'same' : o.service === r.service ? 'maybe' : 'none', distanceM: Math.round(metres(o)),
      reasons: [o.service === r.service ? 'the same service' : 'another service', metres(o) < 60 ? 'on the same segment' : 'on the next segment'],
    }));
  return { items };
}

export function automationOf(city) {
  const precision = (n, yes) => ({ inspections: n, confirmed: yes, notFound: n - yes, otherDefect: 0, otherOwner: 0, share: n ? yes / n : null, low: n ? Math.max(0, yes / n - 1 / Math.sqrt(n + 2)) : null, high: n ? Math.min(1, yes / n + 0.7 / Math.sqrt(n + 2)) : null });
  const areas = ['street-light-out', 'pothole'].flatMap((service, s) => city.lists.districts().items.map(({ id, name }, i) => {
    const n = [31, 34, 12, 30, 0, 8, 30, 22, 3, 30, 5, 17, 30][(i + s * 4) % 13];
    const yes = Math.round(n * [0.97, 0.94, 0.9, 0.77, 1, 0.8, 0.93][(i + s) % 7]);
    const earned = n ? yes / n : 0;
    const locked = n < 30 ? `crews have inspected ${n} of the 30 proposals that it takes` : earned < 0.9 ? `${yes} of the last ${n} proposals were confirmed, ${(earned * 100).toFixed(1)}% where 90.0% is the goal` : null;
    const chosen = city.automation.get(`${service}/${id}`);
    const waits = [...city.requests.values()].filter((r) => r.stage === 'review' && r.service === service && r.district === id).length;
    return {
      service, district: id, districtName: name, mode: chosen?.mode ?? (locked === null && i % 2 === 0 ? 'automatic' : i === 7 ? 'shadow' : 'review'), locked, fellBackAt: i === 3 ? iso(Date.now() - 50 * HOUR) : null,
      changedAt: chosen || i % 2 === 0 ? iso(Date.now() - 90 * HOUR) : null, changedBy: chosen ? 'Dana Keller' : i % 2 === 0 ? 'Sam Ortiz' : null, cap: chosen?.cap ?? 25, openedToday: (i * 3) % 7,
      precision: precision(n, yes), rejectedSince: 0, earned, shadow: { proposed: i === 7 ? 14 : 0, standing: i === 7 ? 11 : 0 },
      reviews: { inReview: waits, held: 0, accepted: n, automatic: 0, rejected: n - yes },
    };
  }));
  return { goal: 0.9, inspections: 30, dailyCap: 25, defaultMode: 'review', services: [{ service: 'street-light-out', precision: precision(214, 199) }, { service: 'pothole', precision: precision(168, 139) }], areas };
}

export const firstEvents = (now) => [{
  id: '261120-snow-9f03aa', kind: 'snow', name: 'First snow', suspends: ['pothole', 'crosswalk-faded'], services: ['snow-ice'], reimbursement: 'DR-2026-11', from: iso(now - 20 * HOUR), to: null,
  begunBy: 'Dana Keller', endedBy: null,
}, {
  id: '261014-flood-1c77e0', kind: 'flood', name: 'Alewife flood', suspends: ['catch-basin'], services: [], reimbursement: null, from: iso(now - 39 * 24 * HOUR), to: iso(now - 38 * 24 * HOUR),
  begunBy: 'Sam Ortiz', endedBy: 'Sam Ortiz',
}];

export function eventWork(event, city) {
  const sum = (subject, orders, cents, labourHours) => ({ subject, orders, cents, labourHours });
  return {
    event, currency: 'USD', cents: 482_350, labourHours: 61.5, kinds: [sum('labour', 18, 295_200, 61.5), sum('equipment', 12, 144_000, 0), sum('material', 9, 43_150, 0)],
    crews: city.crews.slice(2, 5).map((c, i) => sum(c.id, 6 - i, 190_000 - i * 40_000, 24 - i * 4)), orders: [sum('WO-26-000181', 1, 62_000, 8)],
  };
}

export function orderDetail(city, o) {
  const at = (minutes) => iso(Date.parse(o.updatedAt) + minutes * 60_000);
  const done = ['field-complete', 'reviewed'].includes(o.state);
  const line = (minutes, kind, more = {}) => ({ at: at(minutes), kind, who: o.crew, member: null, vehicle: o.vehicle, shift: null, reason: null, note: null, automatic: false, lat: null, lon: null, distanceM: null, far: false, resolution: null, to: null, ...more });
  const history = [line(0, 'assign', { who: 'Dana Keller', vehicle: null })];
  if (o.emergency) history.push(line(1, 'emergency', { who: 'Dana Keller', vehicle: null }));
  if (o.emergency && !o.mustAcknowledge) history.push(line(3, 'acknowledge', { member: 'm-17' }));
  if (['started', 'field-complete', 'reviewed'].includes(o.state)) history.push(line(20, 'arrive', { automatic: true }), line(24, 'start'));
  if (done) history.push(line(52, 'complete', { resolution: 'repaired', note: 'cut square, hot mix' }));
  const points = o.service === 'pothole' && done
    ? [0, 1, 2].map((i) => ({ at: at(30 + i * 6), lat: o.lat + i * 5e-5, lon: o.lon + i * 4e-5, type: 'fill', quantity: 1 + i * 0.5, unit: 'm²', stop: null, crew: o.crew, note: i === 1 ? 'edge broken' : null })) : [];
  return { order: o, reason: o.reason ?? null, note: null, seen: true, doneAt: done ? at(52) : null, history: [...history, ...(city.told.get(o.id) ?? [])], attachments: [], points, linkedVisits: [], area: null, stops: null, followedBy: null, version: 3, cityEvents: [] };
}

export function costsOf(o) {
  if (!['started', 'field-complete', 'reviewed'].includes(o.state)) return { currency: 'USD', cents: 0, lines: [] };
  const l = (code, kind, quantity, unit, cents, source) => ({ atMs: Date.parse(o.updatedAt), crew: o.crew, code, kind, quantity, unit, cents, source });
  const lines = [l('labour', 'labour', 1.12, 'hour', 5376, 'measured'), l('truck', 'equipment', 0.56, 'hour', 1792, 'measured'), l('cold-patch', 'material', 3, 'bag', 4350, 'tapped')];
  return { currency: 'USD', cents: lines.reduce((s, x) => s + x.cents, 0), lines };
}

export function candidatesOf(city, r) {
  const load = (c) => [...city.orders.values()].filter((o) => o.crew === c.id && !['field-complete', 'reviewed', 'cancelled'].includes(o.state)).length;
  const items = city.crews.map((c, i) => {
    const skilled = r.service === 'pothole' ? /Paving|Street/.test(c.name) : /Light|Signals/.test(c.name);
    const on = c.shift === 'on' || c.shift === 'callOut';
    const minutes = 4 + ((i * 7) % 19);
    const reasons = [
      { code: 'skills', ok: skilled, values: skilled ? [] : [r.service] }, { code: 'shift', ok: on, values: [c.shift] }, { code: 'load', ok: load(c) < 8, values: [] },
      { code: 'travel', ok: true, values: [] }, { code: 'area', ok: i % 3 === 0, values: [city.lists.areas.find((a) => a.id === r.district)?.name ?? ''] },
      ...(i === 3 ? [{ code: 'equipment', ok: false, values: ['bucket truck'] }] : []), ...(on ? [{ code: 'hours', ok: i !== 4, values: [] }] : []),
    ];
    return { crew: c.id, name: c.name, can: skilled && on, shift: c.shift, load: load(c), capacity: 8, hoursLeft: on ? 5.5 - i * 0.6 : null, travelMinutes: minutes, travelBy: i % 2 ? 'straight-line' : 'streets', reasons };
  });
  return { service: r.service, district: r.district, items: items.sort((a, b) => Number(b.can) - Number(a.can) || a.travelMinutes + a.load * 4 - b.travelMinutes - b.load * 4) };
}
