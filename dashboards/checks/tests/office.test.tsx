import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { catalogue } from '../../dispatch/src/app/catalogue';
import { draft } from '../../dispatch/src/app/drafts';
import { keys } from '../../dispatch/src/app/keys';
import { person } from '../../dispatch/src/app/session';
import { UndoBar } from '../../dispatch/src/app/undo';
import { ChangePart } from '../../dispatch/src/card/ChangePart';
import { RequestHistory } from '../../dispatch/src/card/RequestHistory';
import { ReviewOrder } from '../../dispatch/src/card/ReviewOrder';
import { SameAs } from '../../dispatch/src/card/SameAs';
import { orders } from '../../dispatch/src/feed/city';
import type { RequestDetail, TargetAlert } from '../../dispatch/src/feed/shapes';
import { targetAlerts } from '../../dispatch/src/feed/standing';
import { AutomationTable } from '../../dispatch/src/office/AutomationTable';
import { EventForm } from '../../dispatch/src/office/EventForm';
import { HazardList } from '../../dispatch/src/team/HazardList';
import { AlertList } from '../../dispatch/src/team/AlertList';
import { NOW, order, request } from './samples';

vi.hoisted(() => vi.stubGlobal('Path2D', class {}));

interface Call {
  path: string;
  method: string;
  body: unknown;
}
let calls: Call[] = [];
let headers: object[] = [];
let answers: Record<string, { status?: number; body: unknown }> = {};
let host: HTMLElement;
let bar: HTMLElement;
const sent = () => calls.filter((c) => c.method !== 'GET');

beforeEach(() => {
  if (host) render(null, host);
  document.body.replaceChildren();
  sessionStorage.clear();
  host = document.body.appendChild(document.createElement('div'));
  bar = document.body.appendChild(document.createElement('div'));
  calls = [];
  headers = [];
  answers = {};
  keys.value = [];
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    const method = init?.method ?? 'GET';
    if (method !== 'GET') headers.push(init?.headers ?? {});
    calls.push({ path, method, body: typeof init?.body === 'string' ? JSON.parse(init.body) : null });
    const { status = 200, body } = answers[path.replace(/#.*/, '')] ?? { body: {} };
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  });
  person.value = { name: 'Ada', role: 'supervisor', permissions: ['*'] };
  catalogue.value = {
    items: [{ code: 'pothole', title: 'Pothole', group: 'Streets', department: 'streets', pauseReasons: ['parts'], resolutions: ['repaired', 'no-action'], allowSensor: true }],
    departments: [{ code: 'streets', title: 'Streets' }], pauseReasons: [{ code: 'parts', title: 'Waiting for parts' }],
    resolutions: [{ code: 'repaired', title: 'Repaired', wording: 'The repair is done.', closes: true }, { code: 'no-action', title: 'No action', wording: '', closes: true }],
  };
});

const show = (node: preact.ComponentChild) => act(() => render(node, host));
const button = (text: string, where = host) => [...where.querySelectorAll('button')].find((b) => b.textContent?.includes(text));
const click = (text: string, where = host) => act(async () => button(text, where)?.click());
const press = (key: string) => act(async () => {
  dispatchEvent(new KeyboardEvent('keydown', { key }));
  await Promise.resolve();
});
const submit = () => act(async () => {
  host.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
});
const detail = (part: Partial<RequestDetail> = {}): RequestDetail => ({ ...request(), evidence: [], history: [], orders: [], ...part });

test('Finished work is taken by one key, with another resolution where the crew’s was wrong', async () => {
  orders.value = [order({ state: 'field-complete', resolution: 'repaired' })];
  await show(<ReviewOrder order={order({ state: 'field-complete', resolution: 'repaired' })} />);
  const choice = host.querySelector('select') as HTMLSelectElement;
  await act(() => {
    choice.value = 'no-action';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await press('a');
  await vi.waitFor(() => expect(sent()).toEqual([{ path: '/api/work-orders/o1/review', method: 'POST', body: { accept: true, resolution: 'no-action' } }]));
});

test('Work goes back with a reason, which a reload does not lose', async () => {
  answers['/api/work-orders/o1/review'] = { status: 400, body: { errors: { reason: ['at most 200 characters'] } } };
  await show(<ReviewOrder order={order({ state: 'field-complete' })} />);
  await press('r');
  const text = host.querySelector('textarea') as HTMLTextAreaElement;
  await act(() => {
    text.value = 'the edge is open';
    text.dispatchEvent(new Event('input', { bubbles: true }));
  });
  expect(sessionStorage.getItem('field.draft.send-back/o1')).toBe('the edge is open');
  await submit();
  await vi.waitFor(() => expect(host.querySelector('.field-error')?.textContent).toBe('at most 200 characters'));
  expect(host.querySelector('textarea')?.getAttribute('aria-invalid')).toBe('true');
  expect(sent()[0]?.body).toEqual({ accept: false, reason: 'the edge is open' });
});

test('A request is merged with reasons at hand, and parted again', async () => {
  const other = request({ number: 'SR-26-000009', service: 'pothole' });
  answers['/api/requests/SR-26-000123/duplicates'] = { body: { items: [{ request: other, sameness: 'maybe', distanceM: 12, reasons: ['same segment'] }] } };
  await show(<SameAs request={request()} detail={detail()} />);
  await click('Look for the same');
  await vi.waitFor(() => expect(host.textContent).toContain('same segment'));
  expect(host.textContent).toContain('Of another service or department');
  await click('Follow SR-26-000009');
  await act(() => render(<UndoBar />, bar));
  await vi.waitFor(() => expect(bar.textContent).toContain('It now follows SR-26-000009'));
  await click('Undo', bar);
  await vi.waitFor(() => expect(sent().map((c) => [c.path, c.body])).toEqual([
    ['/api/requests/SR-26-000123/merge', { into: 'SR-26-000009' }], ['/api/requests/SR-26-000123/unmerge', { why: null }],
  ]));
});

test('A note is internal until somebody says otherwise; what happened needs words for residents', async () => {
  const history = [
    { at: new Date(NOW).toISOString(), who: 'Ada', what: 'Called the owner', n: 2, kind: 'note', public: false, wording: null },
    { at: new Date(NOW - 1000).toISOString(), who: 'Ada', what: 'Assigned to Paving', n: 1, kind: 'change', public: false, wording: null },
  ];
  await show(<RequestHistory detail={detail({ history })} onChange={() => undefined} />);
  const toggles = () => [...host.querySelectorAll<HTMLButtonElement>('.public-toggle')];
  expect(toggles().map((t) => t.getAttribute('aria-pressed'))).toEqual(['false', 'false']);
  await act(async () => toggles()[0]?.click());
  await vi.waitFor(() => expect(sent()).toEqual([{ path: '/api/requests/SR-26-000123/history/2', method: 'PUT', body: { public: true } }]));
  await act(async () => toggles()[1]?.click());
  expect(sent()).toHaveLength(1);
  expect(host.querySelector('form label')?.textContent).toBe('What residents read of it');
});

test('Only what was changed is sent, and can be taken back', async () => {
  const r = request({ service: 'pothole', department: 'streets', priority: 3 });
  await show(<ChangePart request={r} detail={detail({ description: 'deep' })} onDone={() => undefined} />);
  await press('e');
  const priority = [...host.querySelectorAll('select')][1] as HTMLSelectElement;
  await act(() => {
    priority.value = '1';
    priority.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await submit();
  await vi.waitFor(() => expect(sent()[0]).toEqual({ path: '/api/requests/SR-26-000123', method: 'PUT', body: { priority: 1 } }));
  await act(() => render(<UndoBar />, bar));
  await press('x');
  await click('Undo', bar);
  await vi.waitFor(() => expect(sent()[1]?.body).toEqual({ priority: 3 }));
});

test('What somebody else changed meanwhile is not overwritten unseen', async () => {
  answers['/api/requests/SR-26-000123'] = { status: 412, body: { detail: 'SR-26-000123 was changed by Sam after you read it' } };
  await show(<ChangePart request={request({ service: 'pothole', department: 'streets' })} detail={detail({ version: 7 })} onDone={() => undefined} />);
  await press('e');
  await submit();
  await vi.waitFor(() => expect(host.querySelector('.problem')?.textContent).toContain('changed by Sam'));
  expect(headers.at(-1)).toMatchObject({ 'if-match': '"7"' });
  expect(button('Save all the same')).toBeDefined();
  await submit();
  await vi.waitFor(() => expect(sent()).toHaveLength(2));
  expect(headers.at(-1)).not.toHaveProperty('if-match');
});

test('Automatic is locked where it is not earned, and the table says why', async () => {
  const precision = { inspections: 12, confirmed: 9, share: 0.75, low: 0.47, high: 0.91 };
  const area = {
    service: 'pothole', district: '4', districtName: 'The Port', mode: 'review', locked: 'crews have inspected 12 of the 30', fellBackAt: null, changedAt: null, changedBy: null,
    cap: 25, openedToday: 0, precision, rejectedSince: 0, earned: 0.75, shadow: { proposed: 0, standing: 0 }, reviews: { inReview: 2, held: 0, accepted: 0, automatic: 0, rejected: 0 },
  };
  answers['/api/automation'] = { body: { goal: 0.9, inspections: 30, dailyCap: 25, services: [{ service: 'pothole', precision }], areas: [area] } };
  await show(<AutomationTable />);
  await vi.waitFor(() => expect(host.querySelector('.locked')?.textContent).toContain('crews have inspected 12 of the 30'));
  expect(host.querySelector<HTMLOptionElement>('option[value=automatic]')?.disabled).toBe(true);
  expect(host.textContent).toContain('75% (47%–91%), 9 of 12');
  const mode = host.querySelector('select') as HTMLSelectElement;
  await act(async () => {
    mode.value = 'shadow';
    mode.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await vi.waitFor(() => expect(sent()).toEqual([{ path: '/api/automation/pothole/4', method: 'PUT', body: { mode: 'shadow' } }]));
});

test('An event says what it suspends; a wrong field is told at the field and nothing typed is lost', async () => {
  answers['/api/city-events'] = { status: 400, body: { errors: { name: ['1 to 120 characters'] } } };
  await show(<EventForm onDone={() => undefined} />);
  await act(() => host.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
  await submit();
  await vi.waitFor(() => expect(host.querySelector('.field-error')?.textContent).toBe('1 to 120 characters'));
  expect(sent()[0]?.body).toEqual({ kind: 'snow', name: '', suspends: ['pothole'], services: [] });
  draft('event/name').value = 'First snow';
  expect(sessionStorage.getItem('field.draft.event/name')).toBe('First snow');
});

test('Hazards say who saw them and how often, end after the time to take it back, and an empty list says so', async () => {
  answers['/api/hazards?all=false'] = { body: { items: [] } };
  await show(<HazardList />);
  await vi.waitFor(() => expect(host.querySelector('.empty')?.textContent).toContain('No hazard.'));
  const hazard = { id: 'hz-1', kind: 'wire-down', lat: 42.37, lon: -71.1, at: new Date(NOW).toISOString(), until: new Date(Date.now() + 3_600_000).toISOString(), reports: 2, crew: 'c1', crewName: 'Paving', vehicle: 'unit-7', who: null, endedAt: null, endedBy: null };
  answers['/api/hazards?all=true'] = { body: { items: [hazard, { ...hazard, id: 'hz-2', kind: 'ice', reports: 1, endedAt: new Date(NOW).toISOString(), endedBy: 'Dana' }] } };
  await act(() => host.querySelector<HTMLInputElement>('input[type=checkbox]')?.click());
  await vi.waitFor(() => expect(host.querySelectorAll('.event-row')).toHaveLength(2));
  expect(host.textContent).toContain('Wire down2 reportsPaving · unit-7');
  expect(host.textContent).toContain('ended by Dana');
  expect([...host.querySelectorAll('button')].filter((b) => b.textContent === 'It is over')).toHaveLength(1);
});

test('A hazard that the office hears of needs a place', async () => {
  answers['/api/hazards?all=false'] = { body: { items: [] } };
  answers['/api/hazards'] = { status: 400, body: { errors: { lat: ['a place'] } } };
  await show(<HazardList />);
  await click('Report a hazard');
  await submit();
  await vi.waitFor(() => expect(host.querySelector('.field-error')?.textContent).toBe('a place'));
  expect(sent()[0]?.body).toMatchObject({ kind: 'wire-down' });
});

test('Somebody who looks after a target date takes it from the list; emergencies that nobody read come first', async () => {
  const alert = (id: string, kind: string): TargetAlert => ({
    id, request: id, title: 'Pothole', address: null, department: 'streets', priority: 2, kind, percent: 75, notify: 'dispatcher', at: new Date(NOW).toISOString(), targetAt: null,
  });
  targetAlerts.value = [alert('SR-1', 'warning'), alert('SR-2', 'escalation')];
  orders.value = [order({ id: 'e1', emergency: true, mustAcknowledge: false, number: 'WO-1' }), order({ id: 'e2', emergency: true, mustAcknowledge: true, number: 'WO-2' })];
  await show(<AlertList />);
  expect([...host.querySelectorAll('.row-main .quiet')].map((q) => q.textContent?.slice(0, 4))).toEqual(['WO-2', 'WO-1', 'SR-2', 'SR-1']);
  await click('I look after it');
  await vi.waitFor(() => expect(targetAlerts.value.map((a) => a.id)).toEqual(['SR-1']));
  expect(sent()[0]?.path).toBe('/api/requests/alerts/SR-2/acknowledge');
});
