import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test } from 'vitest';
import { titleOf } from '../../dispatch/src/app/states';
import { EvidenceList, ObservationItem } from '../../dispatch/src/card/EvidenceList';
import { Stepper } from '../../dispatch/src/card/Stepper';
import type { Observation } from '../../dispatch/src/feed/shapes';
import { es } from '../../shared/words/dispatch/es';
import { request } from './samples';

let host: HTMLElement;
beforeEach(() => {
  document.body.replaceChildren();
  host = document.body.appendChild(document.createElement('div'));
});

const observation = (part: Partial<Observation>): Observation => ({
  key: String(Math.random()), kind: 'lamp', verdict: 'dark', supports: true, counted: true, fixTime: '2026-11-21T04:00:00Z', ...part,
});

test('Evidence says how many speak for and against, and what was not counted speaks neither way', async () => {
  const evidence = [
    observation({ verdict: 'unclear', supports: false, counted: false, fixTime: '2026-11-21T05:00:00Z' }),
    observation({}), observation({}), observation({ verdict: 'lit', supports: false }),
  ];
  await act(() => render(<EvidenceList evidence={evidence} />, host));
  expect([...host.querySelectorAll('.tally')].map((t) => t.textContent)).toEqual(['2 for', '1 against']);
  const order = [...host.querySelectorAll('.observation')].map((o) => o.className.split(' ')[1]);
  expect(order.at(-1)).toBe('neither');
});

test('An observation without a verdict is named by its kind', async () => {
  await act(() => render(<ObservationItem observation={observation({ kind: 'roughness', verdict: null })} plain />, host));
  expect(host.textContent).toContain('Road roughness');
});

test('Curves and traces are drawn where there are some', async () => {
  await act(() => render(<ObservationItem observation={observation({ curve: [1, 9, 30], peakLux: 3, expectedLux: 12 })} />, host));
  expect(host.querySelector('svg[role=img]')).not.toBeNull();
  expect(host.textContent).toContain('peak 3.0 lux');
});

test('The stepper has one current step, and none when withdrawn', async () => {
  await act(() => render(<Stepper request={request({ stage: 'in-progress' })} />, host));
  expect(host.querySelectorAll('[aria-current=step]')).toHaveLength(1);
  expect(host.querySelectorAll('.past')).toHaveLength(2);
  await act(() => render(<Stepper request={request({ status: 'withdrawn', stage: 'withdrawn' })} />, host));
  expect(host.textContent).toContain('do not support it');
});

test('A closed request stands on closed, whatever the crew said last', async () => {
  await act(() => render(<Stepper request={request({ status: 'closed', stage: 'field-complete' })} />, host));
  expect(host.querySelector('[aria-current=step]')?.textContent).toBe('Closed');
  expect(host.textContent?.match(/Field complete/g)).toHaveLength(1);
});

test('What the hub titled itself is said in the reader\'s language', () => {
  expect(titleOf(es, request({ service: 'pothole', title: 'Pothole' }))).toBe('Bache');
  expect(titleOf(es, request({ service: 'pothole', title: 'Hole by the school' }))).toBe('Hole by the school');
});
