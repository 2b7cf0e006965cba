import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { person } from '../../dispatch/src/app/session';
import { AssignCrew } from '../../dispatch/src/card/AssignCrew';
import { crewAlerts, crews, orders, picture } from '../../dispatch/src/feed/city';
import type { CrewAlert, CrewSummary } from '../../dispatch/src/feed/shapes';
import { CrewAlerts } from '../../dispatch/src/top/CrewAlerts';
import { order, request, snapshot } from './samples';

vi.hoisted(() => vi.stubGlobal('Path2D', class {}));

const crew = (id: string, name: string): CrewSummary => ({ id, name, shift: 'on', vehicle: null });

test('Crews stay where they were offered while their loads change', async () => {
  const host = document.body.appendChild(document.createElement('div'));
  const press = () => act(() => host.querySelector<HTMLElement>('.primary')?.click());
  const offered = () => [...host.querySelectorAll('.assign-menu b')].map((b) => b.textContent);
  person.value = { name: 'Ada', role: 'dispatcher', permissions: ['orders.write'] };
  crews.value = [crew('c1', 'Paving Alpha'), crew('c2', 'Paving Beta')];
  orders.value = [];
  await act(() => render(<AssignCrew request={request()} onDone={() => undefined} />, host));
  await press();
  expect(offered()).toEqual(['Paving Alpha', 'Paving Beta']);
  await act(() => { orders.value = [order({ crew: 'c1', request: 'SR-26-000999' })]; });
  expect(offered()).toEqual(['Paving Alpha', 'Paving Beta']);
  await act(() => { crews.value = [crew('c0', 'Highway'), ...crews.value]; });
  expect(offered()).toEqual(['Paving Alpha', 'Paving Beta', 'Highway']);
  // Asked again, the least loaded comes first.
  await press();
  await press();
  expect(offered()[2]).toBe('Paving Alpha');
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
