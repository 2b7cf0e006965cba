import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { person } from '../../dispatch/src/app/session';
import { AssignCrew } from '../../dispatch/src/card/AssignCrew';
import { crews, orders } from '../../dispatch/src/feed/city';
import type { CrewSummary } from '../../dispatch/src/feed/shapes';
import { order, request } from './samples';

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
