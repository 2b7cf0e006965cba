// The past of the practice hub: days of units, closed requests, coverage, costs, the desk.
import { requestsOf } from './practice-requests.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const METRES = 111_195;
const iso = (ms) => new Date(ms).toISOString();
const sum = (subject, orders, cents, labourHours) => ({ subject, orders, cents, labourHours });

/** Requests that ended in the last weeks, made once. */
export function closedOf(city) {
  city.closed ??= requestsOf(city, 900, Date.now() - HOUR, 9000).map((r, i) => {
    const opened = Date.now() - ((i * 2654435761) % 1000) / 1000 * 40 * DAY - HOUR;
    const ended = Math.min(Date.now() - 60_000, opened + (0.2 + (i % 17) / 6) * DAY);
    return { ...r, number: `SR-26-${String(90_000 + i).slice(-6)}`, status: 'closed', stage: 'field-complete', resolution: 'repaired', openedAt: iso(opened), updatedAt: iso(ended), closedAt: iso(ended), source: i % 4 === 0 ? 'resident' : 'sensor' };
  }).sort((a, b) => Date.parse(b.openedAt) - Date.parse(a.openedAt));
  return city.closed;
}

/** A drive along real streets from seven in the morning, with stops. */
export function dayOfUnit(city, unit, day) {
  const from = Date.parse(`${day}T05:00:00Z`);
  const columns = { t: [], lat: [], lon: [], speed: [], course: [] };
  const [trips, stops] = [[], []];
  let clock = from + (7 + (unit.n % 3) * 0.4) * HOUR;
  let line = city.lines[(unit.n * 97) % city.lines.length].geometry.coordinates;
  for (let leg = 0; leg < 9; leg++) {
    const began = { t: clock, at: line[0] };
    let metres = 0;
    for (let step = 0; step < 7; step++) {
      for (let i = 0; i + 1 < line.length; i++) {
        const [[x0, y0], [x1, y1]] = [line[i], line[i + 1]];
        const long = Math.hypot((x1 - x0) * METRES * 0.738, (y1 - y0) * METRES);
        metres += long;
        columns.t.push(Math.round(clock));
        columns.lat.push(y0);
        columns.lon.push(x0);
        columns.speed.push(8);
        columns.course.push(Math.round(((Math.atan2((x1 - x0) * 0.738, y1 - y0) * 180) / Math.PI + 360) % 360));
        clock += (long / 8) * 1000;
      }
      const end = line.at(-1);
      const ways = (city.ends.get(end.join()) ?? []).filter((l) => l !== line);
      const next = ways[(leg + step + unit.n) % Math.max(1, ways.length)] ?? line;
      line = next[0].join() === end.join() ? next : [...next].reverse();
    }
    const at = columns.t.length - 1;
    trips.push({ from: iso(began.t), to: iso(clock), startLat: began.at[1], startLon: began.at[0], endLat: columns.lat[at], endLon: columns.lon[at], distanceM: Math.round(metres), topSpeedMps: 11.2 });
    const long = (8 + ((leg * 7 + unit.n) % 25)) * 60_000;
    stops.push({ from: iso(clock), to: iso(clock + long), lat: columns.lat[at], lon: columns.lon[at], unseenSeconds: leg === 4 ? 420 : null });
    for (let t = 0; t < long; t += 60_000) {
      columns.t.push(Math.round(clock + t));
      columns.lat.push(columns.lat[at]);
      columns.lon.push(columns.lon[at]);
      columns.speed.push(0);
      columns.course.push(null);
    }
    clock += long;
  }
  return { span: { day, from: iso(from), to: iso(from + DAY), truncated: false }, trips, stops, columns };
}

/** @returns undefined where somebody else answers. */
export function pastAnswer(city, method, path, body, query) {
  const [, , room, id, action] = path.split('/');
  if (room === 'vehicles' && ['trips', 'stops', 'track'].includes(action)) {
    const unit = city.units.find((u) => u.public.id === id);
    if (action !== 'track' && !query.get('reason')) return { problem: { status: 400, errors: { reason: ['why you need it, in 1 to 200 characters'] } } };
    const day = dayOfUnit(city, unit, query.get('day') ?? (query.get('from') ?? '').slice(0, 10));
    return action === 'track' ? { ...day.columns, truncated: false } : { ...day.span, [action]: day[action] };
  }
  if (room === 'vehicles' && id && !action && id !== 'unsent') return { id, agentVersion: '0.5.0+3f1c', ordersVersion: 42, unsent: 3, unsentFileBytes: 2.4e6, lastSeen: iso(Date.now() - 800), linkSince: iso(Date.now() - 5e6), offline: { days: 41, limits: { certificate: 41 } }, unsentActions: id === 'unit-204' ? 3 : 0, oldestUnsent: id === 'unit-204' ? iso(Date.now() - 4 * HOUR) : null };
  if (path === '/api/open311/waiting') return { items: [['w1', 'pothole', 'behind the library, by the bike racks', 'Deep hole'], ['w2', 'graffiti', 'corner of Pearl and Franklin', null]].filter(([t]) => !city.acknowledged.has(t)).map(([token, service, address, description], i) => ({ token, request: null, service, address, addressId: null, description, attributes: {}, receivedAt: iso(Date.now() - (i + 1) * HOUR) })) };
  if (path.startsWith('/api/open311/waiting/')) return city.acknowledged.add(action) && { number: [...city.requests.keys()][3] };
  if (room === 'imports') return imports(id);
  if (path === '/api/city') return { name: 'Cambridge 311', url: 'https://311.example', lastPushAt: iso(Date.now() - 90_000), lastPullAt: iso(Date.now() - 40_000), fault: null, pausedUntil: null };
  if (path === '/api/hot-spots') return hotSpots(city, query.get('by'));
  if (path === '/api/costs') return { currency: 'USD', by: query.get('by'), from: iso(0), to: iso(1), cents: 1_284_200, items: [sum('pothole', 88, 702_000, 96.5), sum('street-light-out', 41, 431_200, 60.2), sum('snow-ice', 12, 151_000, 33)] };
  if (path === '/api/work-orders/figures') return { items: [{ service: 'pothole', done: 14, withTarget: 11, inTime: 9, fixedOnTheSpot: 23, points: 40 }, { service: 'street-light-out', done: 6, withTarget: 6, inTime: 6, fixedOnTheSpot: 0, points: 6 }] };
  if (room === 'crews' && method === 'PUT') return city.facts.set(id, { id, ...body }) && body;
  if (path === '/api/crews') return { items: city.crews.map((c) => ({ ...c, members: [], skills: [], contractor: null, equipment: null, districts: [], ...city.facts.get(c.id) })) };
  if (room === 'crews' && action === 'status') return Object.assign(city.crews.find((c) => c.id === id), { shift: body.state });
  if (room === 'desks') return desks(city, method, id && decodeURIComponent(id), action, body);
  if (path === '/api/coverage/segments') return coverage(city);
  if (path === '/api/coverage/districts')
    return { items: city.lists.districts().items.map((d, i) => ({ district: d.id, name: d.name, segments: 120, lengthM: 21_000, roadSensedM: 21_000 * [0.82, 0.64, 0.08, 0.71, 0.93, 0.55, 0.4][i % 7], lampSensedM: 21_000 * 0.4, roadPasses: 310, lampPasses: 90, roughnessErrorMPerKm: i % 7 === 2 || i % 7 === 4 ? null : 0.3, roughnessMPerKm: i % 7 === 2 || i % 7 === 4 ? null : 2.4 + (i % 5) * 0.7, roughnessRank: i % 7 === 2 ? null : 0.3 + (i % 5) * 0.1, sensor: [31, 22, 1, 18, 40, 12, 9][i % 7], resident: [8, 12, 14, 5, 11, 9, 4][i % 7], crew: 3, person: 2 })) };
  return undefined;
}

function imports(id) {
  const report = { kind: 'street-lights', file: 'lights-2026-11.csv', who: 'Sam Ortiz', at: iso(Date.now() - 3 * HOUR), dryRun: false, read: 6121, imported: 4, changed: 31, unchanged: 6083, skipped: 0, rejected: 3, reasons: { 'no-place': 2, 'same-id': 1 }, faults: [] };
  const fault = (line, row, cause, remedy) => ({ line, row, reason: 'no-place', cause, remedy });
  if (!id) return { items: [{ id: 'i1', report }, { id: 'i0', report: { ...report, file: 'lights-try.csv', dryRun: true, rejected: 0 } }] };
  return { ...report, faults: [fault(17, '791-9,,', 'no latitude', 'fill in lat and lon'), fault(412, '802-1,42.37,-72.9', 'outside the city', 'check the sign and the order of lat and lon'), fault(2041, '640-2,…', 'the id 640-2 is in line 1988 too', 'keep one of them')] };
}

function hotSpots(city, by) {
  const open = [...city.requests.values(), ...closedOf(city)];
  const groups = new Map();
  for (const r of open) {
    const key = by === 'district' ? r.district : r.address?.replace(/^\d+ /, '');
    if (key) groups.set(key, [...(groups.get(key) ?? []), r]);
  }
  const name = (key) => (by === 'district' ? city.lists.areas.find((a) => a.id === key)?.name : key);
  return { by, items: [...groups].map(([key, all], i) => ({ ...(by === 'district' ? {} : { place: `${key} between Broadway and Harvard St`, numbers: `${2 + i}–${40 + i}`, lat: all[0].lat, lon: all[0].lon }), id: by === 'district' ? key : `seg-${(i * 37) % city.lines.length}`, name: name(key), requests: all.length, open: all.filter((r) => r.status === 'open').length, reports: i % 4, lengthM: by === 'district' ? null : 120 + ((i * 53) % 400), perKm: by === 'district' ? null : Math.round(all.length * 42) / 10 })).sort((a, b) => b.requests - a.requests).slice(0, 40) };
}

const coverage = (city) => ({
  items: city.lines.map((l, i) => {
    const passes = (i * 31) % 11;
    return { segment: `seg-${i}`, street: l.properties.Street ?? '', district: null, line: l.geometry.coordinates.flatMap(([x, y]) => [Math.round(y * 1e6), Math.round(x * 1e6)]), roadPasses: passes > 2 ? passes : 0, lampPasses: i % 3 ? 2 : 0, roughnessErrorMPerKm: passes > 4 ? 0.4 : null, roughnessMPerKm: passes > 4 ? 1.5 + ((i * 13) % 80) / 10 : null, roughnessRank: passes > 2 ? ((i * 13) % 80) / 80 : null, potholes: 0, lampsDark: 0, lastRoad: passes > 2 ? iso(Date.now() - (i % 50) * HOUR) : null, lastLamp: i % 3 ? iso(Date.now() - (i % 30) * HOUR) : null };
  }),
});

function desks(city, method, desk, action, body) {
  city.desks ??= [{ desk: 'Dispatch', holder: 'Sam Ortiz', since: iso(Date.now() - 5 * HOUR), notes: 'Snow from 4 pm. Truck 204 has no link: call Paving Bravo by radio.', log: [
    { id: 'd1', at: iso(Date.now() - 5 * HOUR), kind: 'take-over', who: 'Sam Ortiz', from: 'Ana Ruiz', notes: 'Snow from 4 pm. Truck 204 has no link: call Paving Bravo by radio.', counts: { requestsOpen: 138, requestsOverdue: 19, ordersUnassigned: 58, callsForHelp: 0 } },
    { id: 'd0', at: iso(Date.now() - 9 * HOUR), kind: 'note', who: 'Ana Ruiz', from: null, notes: 'Police detail on Mass Ave until noon.', counts: null },
  ] }];
  if (!desk) return { items: city.desks.map(({ log: _, desk: name, ...d }) => ({ name, ...d })) };
  const known = city.desks.find((d) => d.desk === desk) ?? city.desks[city.desks.push({ desk, holder: null, since: null, notes: null, log: [] }) - 1];
  if (method === 'GET') return { items: known.log, next: null };
  const entry = { id: body.clientId, at: iso(Date.now()), kind: action === 'take-over' ? 'take-over' : 'note', who: 'Dana Keller', from: known.holder, notes: body.notes ?? body.text, counts: { requestsOpen: 141, requestsOverdue: 22, ordersUnassigned: 60, callsForHelp: 0 } };
  known.log.unshift(entry);
  if (action === 'take-over') Object.assign(known, { holder: 'Dana Keller', since: entry.at, notes: entry.notes });
  return entry;
}
