// Invented requests and observations at real places.
const HOUR = 3_600_000;
const TITLES = { 'street-light-out': ['Street light out', 'Street light out', 'Two street lights out'], pothole: ['Pothole in street', 'Pothole in street', 'Pothole at crossing'] };
const STAGES = ['review', 'received', 'received', 'triage', 'referred', 'assigned', 'assigned', 'in-progress', 'field-complete'];

const proper = (text) => text.toLowerCase().replace(/\b\w/g, (c) => c.toUpperCase());

export function requestsOf(city, count, now, offset = 0) {
  const pick = (list) => list[Math.floor(city.random() * list.length)];
  return Array.from({ length: count }, (_, i) => {
    const service = city.random() < 0.6 ? 'street-light-out' : 'pothole';
    const pole = pick(city.poles);
    const fresh = offset > 0;
    const opened = now - (fresh ? 0 : city.random() ** 2 * 96 * HOUR);
    const priority = fresh ? 3 : pick([1, 2, 2, 3, 3, 3, 3, 4, 4]);
    const target = opened + [8, 24, 72, 168][priority - 1] * HOUR * (0.8 + city.random() * 0.6);
    const stage = fresh ? 'received' : pick(STAGES);
    const waits = ['received', 'review', 'triage', 'referred'].includes(stage);
    const crew = waits ? null : pick(city.crews.slice(service === 'pothole' ? 2 : 0, service === 'pothole' ? 5 : 2)).name;
    const source = stage === 'review' ? 'sensor' : pick(['sensor', 'sensor', 'sensor', 'crew', 'person', 'resident']);
    const district = city.lists.districtAt(pole.lon, pole.lat);
    return {
      department: city.lists.departmentOf(service, district), district, parent: null, reports: 0, resolution: null, waitReason: null,
      number: `SR-26-${String(offset + i + 118).padStart(6, '0')}`, service, title: pick(TITLES[service]), status: 'open', stage,
      address: `${Math.floor(city.random() * 400) + 2} ${proper(pole.street)}`, lat: pole.lat, lon: pole.lon, priority, source,
      openedAt: new Date(opened).toISOString(), targetAt: new Date(target).toISOString(), updatedAt: new Date(opened).toISOString(),
      sampledAt: source === 'sensor' ? new Date(opened - 2000).toISOString() : null, site: `site-${offset + i}`,
      pole: service === 'pothole' ? null : pole.id, order: null, crew,
      responsible: { triage: 'triage', referred: 'referral', review: null }[stage] ?? 'crew',
      evidenceFor: source === 'sensor' ? 2 + Math.floor(city.random() * 3) : 1, evidenceAgainst: city.random() < 0.25 ? 1 : 0,
    };
  });
}

const PARTIES = [
  { id: 'city', name: 'Public Works', kind: 'own-crew' }, { id: 'electric', name: 'Electric utility', kind: 'agency' },
  { id: 'state-parks', name: 'State parks and parkways', kind: 'agency' },
];

/** Who answers for a request. */
export function whoseOf(r) {
  if (!r.responsible) return undefined;
  const outcome = r.responsible === 'crew' ? 'own-crew' : r.responsible;
  const party = outcome === 'own-crew' ? PARTIES[0] : outcome === 'referral' ? PARTIES[1] : null;
  const because = { 'own-crew': 'the inventory of street lights names the city as owner', referral: 'the cover is an electric structure', triage: 'the inventory of street lights names no owner' }[outcome];
  const day = 24 * HOUR;
  return {
    outcome, party: party?.id ?? null, partyName: party?.name ?? null, because, decidedBy: 'rule', byRule: true, decidedAt: r.openedAt,
    referrals: outcome === 'referral' ? [{
      id: `${r.number.toLowerCase()}-1`, kind: 'referral', party: 'electric', sentAt: new Date(Date.parse(r.openedAt) + HOUR).toISOString(), reference: 'EU-48113',
      chaseAt: new Date(Date.parse(r.openedAt) + 5 * day).toISOString(), answer: null, answeredAt: null,
    }] : [],
  };
}

export const parties = () => ({ items: PARTIES });

/** Two pushes to the city's system that need a person. */
export function pushesOf(requests, state) {
  const [a, b] = requests;
  const push = (id, r, cause, choices) => ({ id, request: r.number, state, cause, updatedAt: r.updatedAt, marker: `F-${r.number.slice(-6)}`, choices });
  return { items: state === 'failed' ? [push('p1', a, '400: service code "pothole" is not one of the city\'s', ['retry', 'there', 'give-up'])]
    : [push('p2', b, 'the answer never came, and the city\'s list has no look-up by marker', ['there', 'send-again', 'give-up'])], next: null };
}

export function observationsOf(r) {
  const total = r.evidenceFor + r.evidenceAgainst;
  return Array.from({ length: total }, (_, i) => {
    const supports = i < r.evidenceFor;
    const time = new Date(Date.parse(r.openedAt) - i * 5.3 * HOUR).toISOString();
    const base = { key: `${r.number}-${i}`, fixTime: time, deviceTime: time, supports, vehicle: `unit-${201 + ((i * 5) % 12)}`, confidence: 0.93 - i * 0.07 };
    return r.service === 'pothole' ? shock(base, supports, i) : lamp(base, supports, i);
  });
}

function lamp(base, supports, i) {
  const peak = supports ? 1.4 + i * 0.3 : 17.8;
  const curve = Array.from({ length: 41 }, (_, k) => {
    const x = (k - 20) / 6;
    return Math.round(10 * (1 + (peak - 1) * Math.exp(-x * x) + Math.max(0, (Math.abs(k - 20) - 11) * (supports ? 0.9 : 0.4)) + ((k * 7 + i) % 5) * 0.06));
  });
  return { ...base, kind: 'lamp', verdict: supports ? 'dark' : 'lit', curve, peakLux: peak, floorLux: 0.9, expectedLux: 18.4, distanceM: 6.2 };
}

function shock(base, supports, i) {
  if (!supports) return { ...base, kind: 'shock', verdict: 'smooth' };
  const trace = Array.from({ length: 56 }, (_, k) => {
    const t = (k - 18) * 0.02;
    const ring = t < 0 ? 0 : Math.exp(-t * 7) * Math.sin(t * 62 + i);
    return Math.round(100 * (ring * 8.5 + Math.sin(k * 1.7 + i) * 0.35));
  });
  return { ...base, kind: 'shock', verdict: 'pothole', trace, traceStepMs: 20, peakMps2: 7.9 - i * 0.6, durationMs: 240 };
}

export function historyOf(r) {
  const at = (hours) => new Date(Date.parse(r.openedAt) + hours * HOUR).toISOString();
  const lines = [{ n: 1, kind: 'change', public: true, wording: 'We have your report.', at: at(0), who: r.source === 'sensor' ? 'auto-generated' : 'Dana Keller', what: 'Opened' }];
  if (r.crew) lines.push({ n: 2, kind: 'change', public: false, wording: null, at: at(0.4), who: 'Dana Keller', what: `Assigned to ${r.crew}` });
  if (r.stage === 'in-progress' || r.stage === 'field-complete') lines.push({ n: 3, kind: 'change', public: false, wording: null, at: at(1.3), who: r.crew, what: 'Work started' });
  if (r.stage === 'field-complete') lines.push({ n: 4, kind: 'change', public: false, wording: null, at: at(1.9), who: r.crew, what: 'Field complete' });
  return lines;
}
