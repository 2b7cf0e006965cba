import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { person } from '../../dispatch/src/app/session';
import { UndoBar } from '../../dispatch/src/app/undo';
import { AssignCrew } from '../../dispatch/src/card/AssignCrew';
import { crewAlerts, crews, orders, picture } from '../../dispatch/src/feed/city';
import type { CrewAlert, CrewSummary } from '../../dispatch/src/feed/shapes';
import { CrewAlerts } from '../../dispatch/src/top/CrewAlerts';
import { order, request, snapshot } from './samples';

vi.hoisted(() => vi.stubGlobal('Path2D', class {}));

const crew = (id: string, name: string): CrewSummary => ({ id, name, shift: 'on', vehicle: null });

const host = document.body.appendChild(document.createElement('div'));
const offered = () => [...host.querySelectorAll('.assign-menu > ul b')].map((b) => b.textContent);
const open = async () => {
  await act(() => host.querySelector<HTMLElement>('.primary')?.click());
  await vi.waitFor(() => expect(host.querySelector('.crew-option')).not.toBeNull());
};

test('A hub that cannot rank crews leaves them by load, and they stay where they were offered', async () => {
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 404, headers: { 'content-type': 'application/problem+json' } }));
  person.value = { name: 'Ada', role: 'dispatcher', permissions: ['orders.write'] };
  crews.value = [crew('c1', 'Paving Alpha'), crew('c2', 'Paving Beta'), { ...crew('c3', 'Off Duty'), shift: 'off' }];
  orders.value = [];
  await act(() => render(<AssignCrew request={request()} onDone={() => undefined} />, host));
  await open();
  expect(offered()).toEqual(['Paving Alpha', 'Paving Beta']);
  expect(host.querySelector('details')?.textContent).toContain('Off Duty');
  await act(() => { orders.value = [order({ crew: 'c1', request: 'SR-26-000999' })]; });
  expect(offered()).toEqual(['Paving Alpha', 'Paving Beta']);
  // Asked again, the least loaded comes first.
  await act(() => host.querySelector<HTMLElement>('.primary')?.click());
  await open();
  expect(offered()).toEqual(['Paving Beta', 'Paving Alpha']);
  render(null, host);
});

test('Crews come as the hub ranks them, each with its reasons, and a step can be taken back', async () => {
  const asked: [string, unknown][] = [];
  const ranked = (id: string, name: string, can: boolean, reasons: object[]) => ({ crew: id, name, can, shift: 'on', load: 2, capacity: 8, hoursLeft: 3.5, travelMinutes: 6.4, travelBy: 'streets', reasons });
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (init?.method === 'POST') asked.push([path, JSON.parse(String(init.body))]);
    const body = path.endsWith('/candidates')
      ? { items: [
          ranked('c2', 'Paving Beta', true, [{ code: 'skills', ok: true, values: [] }, { code: 'travel', ok: true, values: [] }, { code: 'area', ok: false, values: [] }]),
          ranked('c1', 'Lighting', false, [{ code: 'skills', ok: false, values: ['pothole'] }]),
        ] }
      : { id: 'o9' };
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  });
  orders.value = [];
  await act(() => render(<AssignCrew request={request()} onDone={() => undefined} />, host));
  await open();
  expect(offered()).toEqual(['Paving Beta']);
  const said = [...host.querySelectorAll('.crew-option .reasons-line')].map((line) => [...line.querySelectorAll('.ok, .not')].map((r) => r.lastChild?.textContent));
  expect(said).toEqual([['works elsewhere', '6 min drive', 'can do it'], ['cannot do: Pothole']]);
  expect(host.querySelector('.best')?.textContent).toBe('Best');
  await act(() => host.querySelector<HTMLElement>('.crew-option')?.click());
  await vi.waitFor(() => expect(asked).toEqual([['/api/work-orders', { request: 'SR-26-000123', crew: 'c2' }]]));
  const bar = document.body.appendChild(document.createElement('div'));
  await act(() => render(<UndoBar />, bar));
  await vi.waitFor(() => expect(bar.textContent).toContain('Assigned to Paving Beta'));
  await act(() => bar.querySelector('button')?.click());
  await vi.waitFor(() => expect(asked[1]).toEqual(['/api/work-orders/o9/assign', { crew: null }]));
});

test('A crew that calls for help stands above everything until somebody has it', async () => {
  const host = document.body.appendChild(document.createElement('div'));
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return new Response('{}', { headers: { 'content-type': 'application/json' } });
  });
  const call: CrewAlert = {
    id: 'a/1', kind: 'duress', at: '2026-11-21T19:58:00Z', crew: 'c1', crewName: 'Paving Alpha', vehicle: 'truck-1', order: null, lat: 42.37, lon: -71.1,
    note: null, takenBackAt: null, acknowledgedAt: null,
  };
  picture.applySnapshot(snapshot({ alerts: [call] }));
  expect([...picture.alerts.keys()]).toEqual(['a/1']);
  person.value = { name: 'Ada', role: 'dispatcher', permissions: ['orders.write'] };
  crewAlerts.value = [...picture.alerts.values()];
  await act(() => render(<CrewAlerts />, host));
  expect(host.querySelector('[role=alert]')?.textContent).toContain('Paving Alpha calls for help');
  await act(() => host.querySelector<HTMLElement>('.strong')?.click());
  expect(asked).toEqual(['/api/crew-alerts/a%2F1/acknowledge']);
  picture.apply({ at: picture.at + 100, alerts: [{ ...call, acknowledgedAt: '2026-11-21T20:00:00Z' }] });
  expect(picture.alerts.size).toBe(0);
});
