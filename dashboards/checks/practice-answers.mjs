// Answers of the practice hub to what the office asks and does.
import { alertsOf, automationOf, candidatesOf, costsOf, duplicatesOf, eventWork, orderDetail } from './practice-office.mjs';
import { closedOf } from './practice-past.mjs';
import { historyOf, observationsOf } from './practice-requests.mjs';

const now = () => new Date().toISOString();

/** @returns undefined where somebody else answers. */
export function officeAnswer(city, method, path, body, query) {
  const [, , room, id, action, more] = path.split('/');
  if (path === '/api/services') return city.lists.services();
  if (path === '/api/districts') return city.lists.districts();
  if (path === '/api/automation') return automationOf(city);
  if (room === 'automation') return city.automation.set(`${id}/${action}`, { ...city.automation.get(`${id}/${action}`), ...body }) && { service: id, district: action, ...body };
  if (path === '/api/hazards') return method === 'POST' ? warn(city, body) : { items: (city.hazards ?? []).filter((h) => query.get('all') === 'true' || !h.endedAt) };
  if (room === 'hazards') return Object.assign(city.hazards.find((h) => h.id === id), { endedAt: now(), endedBy: 'Dana Keller' });
  if (path === '/api/city-events') return method === 'POST' ? begin(city, body) : { items: city.events };
  if (room === 'city-events') return action === 'end' ? Object.assign(city.events.find((e) => e.id === id), { to: now(), endedBy: 'Dana Keller' }) : eventWork(city.events.find((e) => e.id === id), city);
  if (path === '/api/requests/alerts') return alertsOf(city, Date.now());
  if (room === 'requests' && id === 'alerts') return city.acknowledged.add(action) && { id: action };
  if (path === '/api/requests' && method === 'GET') {
    const all = [...city.requests.values(), ...closedOf(city)].sort((a, b) => Date.parse(b.openedAt) - Date.parse(a.openedAt));
    return { items: all.filter((r) => ['status', 'service', 'district'].every((f) => r[f] === (query.get(f) ?? r[f])) && `${r.number} ${r.address}`.toLowerCase().includes((query.get('q') ?? '').toLowerCase())).slice(0, Number(query.get('limit') ?? 100)), next: null };
  }
  if (room === 'requests' && id && city.requests.has(id)) return requestAnswer(city, method, city.requests.get(id), action, more, body, query);
  if (path === '/api/requests') return city.open(body);
  if (path === '/api/work-orders' && method === 'GET') return { items: [...city.orders.values()].filter((o) => o.state === (query.get('state') ?? o.state)), next: null };
  if (path === '/api/work-orders/assign') return { items: body.items.map(({ request }) => ({ request, order: null, ok: true, problem: null, summary: city.assign(request, body.crew) })) };
  if (room === 'work-orders' && city.orders.has(id)) return orderAnswer(city, method, city.orders.get(id), action, body);
  return undefined;
}

function begin(city, body) {
  if (!body.name) return { problem: { status: 400, title: 'One or more validation errors occurred.', errors: { name: ['1 to 120 characters'] } } };
  const event = { id: `261122-${body.kind}-${city.events.length}`, suspends: [], services: [], reimbursement: null, ...body, from: now(), to: null, begunBy: 'Dana Keller', endedBy: null };
  city.events.unshift(event);
  return event;
}

function warn(city, { kind, lat, lon }) {
  if (lat === undefined) return { problem: { status: 400, title: 'One or more validation errors occurred.', errors: { lat: ['a place: degrees north and degrees east'] } } };
  city.hazards ??= [];
  const hazard = { id: `hz-${city.hazards.length}`, kind, lat, lon, at: now(), until: new Date(Date.now() + 43_200_000).toISOString(), reports: 1, crew: null, crewName: null, vehicle: null, who: 'Dana Keller', endedAt: null, endedBy: null };
  city.hazards.unshift(hazard);
  return hazard;
}

function requestAnswer(city, method, r, action, more, body, query) {
  const set = (part) => city.set(r, { ...part, updatedAt: now(), closedAt: { open: null, closed: now() }[part.status] ?? r.closedAt ?? null });
  const line = (what, kind = 'change', extra = {}) => city.noted(r.number).push({ n: 100 + city.noted(r.number).length, at: now(), who: 'Dana Keller', kind, what, public: false, wording: null, file: null, fileType: null, ...extra });
  if (action === 'candidates') return candidatesOf(city, r);
  if (action === 'duplicates') return duplicatesOf(city, r);
  if (action === 'merge') {
    const parent = city.requests.get(body.into);
    if (!parent) return { problem: { status: 422, errors: { into: [`'into' must be the number of a request, not '${body.into}'`] } } };
    city.links.set(r.number, { child: r.number, parent: parent.number, byRule: false, who: 'Dana Keller', reasons: [body.why ?? 'Dana Keller says so'], at: now() });
    city.set(parent, { reports: (parent.reports ?? 0) + 1 });
    return set({ parent: parent.number });
  }
  if (action === 'unmerge') return city.links.delete(r.number) && set({ parent: null });
  if (action === 'notes') return line(body.text, 'note', { public: body.public, wording: body.public ? body.text : null }) && set({});
  if (action === 'media') return line(query.get('caption') || 'photo', 'media', { public: query.get('public') === 'true' }) && set({});
  if (action === 'history' && method === 'PUT') {
    const own = [...historyOf(r), ...city.noted(r.number)].find((h) => String(h.n) === more);
    city.published.set(`${r.number}/${more}`, { public: body.public, wording: body.wording ?? own?.wording ?? own?.what ?? null });
    return set({});
  }
  if (action === 'wait') return line('Waits') && set({ stage: 'waiting', waitReason: body.reason });
  if (action === 'resume') return line('Goes on') && set({ stage: 'received', waitReason: null });
  if (action === 'resolve') return line(`Resolved: ${body.resolution}`) && set({ stage: 'resolved', status: 'closed', resolution: body.resolution });
  if (action === 'reopen') return line('Opened again') && set({ stage: 'received', status: 'open', resolution: null });
  if (method === 'PUT' && !action) return line('Changed') && set(body);
  if (action) return undefined;
  const children = [...city.links.values()].filter((l) => l.parent === r.number).map((l) => l.child);
  const history = [...historyOf(r), ...city.noted(r.number)].map((h) => ({ ...h, ...city.published.get(`${r.number}/${h.n}`) }));
  return {
    ...r, version: 1, description: city.requests.get(r.number).description ?? null, isPublic: r.stage !== 'review', closedAt: r.closedAt ?? null, children, link: city.links.get(r.number) ?? null,
    evidence: observationsOf(r), history, orders: [...city.orders.values()].filter((o) => o.request === r.number),
  };
}

function orderAnswer(city, method, o, action, body) {
  const set = (part) => city.setOrder(o, { ...part, updatedAt: now() });
  const crew = city.crews.find((c) => c.id === (body.crew ?? o.crew));
  if (method === 'GET') return action === 'costs' ? costsOf(o) : action === 'candidates' ? candidatesOf(city, city.requests.get(o.request)) : orderDetail(city, o);
  if (action === 'assign') return body.crew ? city.assign(o.request, body.crew) : set({ crew: null, crewName: null, state: 'unassigned', delivery: null });
  if (action === 'review' && !body.accept && !body.reason) return { problem: { status: 422, detail: 'reason: say why it is sent back, the crew reads it' } };
  if (action === 'review') return set(body.accept ? { state: 'reviewed', resolution: body.resolution ?? o.resolution } : { state: 'assigned', delivery: 'sent' });
  if (action === 'emergency') return set({ crew: crew.id, crewName: crew.name, vehicle: crew.vehicle, state: 'assigned', delivery: 'sent', emergency: true, mustAcknowledge: true });
  if (action === 'cancel') return set({ state: 'cancelled', reason: body.reason });
  if (action !== 'report') return undefined;
  const told = { at: body.at ?? now(), kind: body.kind.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`), who: 'Dana Keller', member: body.saidBy, vehicle: null, reason: body.reason ?? null, note: body.note ?? null, resolution: body.resolution ?? null, source: 'radio' };
  city.told.set(o.id, [...(city.told.get(o.id) ?? []), told]);
  const state = { accept: 'accepted', arrive: 'arrived', start: 'started', complete: 'field-complete', cannotComplete: 'could-not-complete', suspend: 'suspended', wait: 'waiting', undo: 'assigned' }[body.kind];
  return set(state ? { state } : { mustAcknowledge: body.kind === 'acknowledge' ? false : o.mustAcknowledge });
}
