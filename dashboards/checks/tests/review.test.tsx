import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { selection } from '../../dispatch/src/app/selection';
import { person } from '../../dispatch/src/app/session';
import { ReviewPart } from '../../dispatch/src/card/ReviewPart';
import { WhosePart } from '../../dispatch/src/card/WhosePart';
import { requests } from '../../dispatch/src/feed/city';
import type { Whose } from '../../dispatch/src/feed/shapes';
import { inTab, reviewOrder } from '../../dispatch/src/queue/queue-filter';
import { request } from './samples';

vi.hoisted(() => vi.stubGlobal('Path2D', class {}));

const calls: { path: string; method: string; body: unknown }[] = [];
let answer: unknown = {};
let host: HTMLElement;
beforeEach(() => {
  if (host) render(null, host);
  document.body.replaceChildren();
  host = document.body.appendChild(document.createElement('div'));
  calls.length = 0;
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    calls.push({ path, method: init?.method ?? 'GET', body: init?.body ? JSON.parse(String(init.body)) : null });
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
  });
  person.value = { name: 'Ada', role: 'supervisor', permissions: ['requests.review', 'requests.write'] };
});

const press = (key: string) => act(async () => {
  dispatchEvent(new KeyboardEvent('keydown', { key }));
  await Promise.resolve();
});
const proposals = [
  request({ number: 'SR-26-000003', stage: 'held', priority: 1 }),
  request({ number: 'SR-26-000001', stage: 'review', priority: 2, evidenceFor: 2 }),
  request({ number: 'SR-26-000002', stage: 'review', priority: 2, evidenceFor: 5 }),
  request({ number: 'SR-26-000004', stage: 'received', priority: 1 }),
];

test('What waits for review comes best supported first, held last, and is not unassigned work', () => {
  expect(reviewOrder(proposals).map((r) => r.number)).toEqual(['SR-26-000002', 'SR-26-000001', 'SR-26-000003']);
  expect(proposals.filter(inTab.unassigned).map((r) => r.number)).toEqual(['SR-26-000004']);
});

test('One key accepts a proposal and shows the next one', async () => {
  requests.value = proposals;
  await act(() => render(<ReviewPart request={proposals[2] ?? request()} />, host));
  await press('a');
  await vi.waitFor(() => expect(selection.value).toEqual({ kind: 'request', id: 'SR-26-000001' }));
  expect(calls).toEqual([{ path: '/api/requests/SR-26-000002/review', method: 'POST', body: { decision: 'accept' } }]);
});

test('Rejecting asks for a reason, by number', async () => {
  requests.value = proposals;
  await act(() => render(<ReviewPart request={proposals[1] ?? request()} />, host));
  await press('1');
  expect(calls).toEqual([]);
  await press('r');
  expect([...host.querySelectorAll('.reasons button')]).toHaveLength(6);
  await press('3');
  await vi.waitFor(() => expect(calls).toEqual([
    { path: '/api/requests/SR-26-000001/review', method: 'POST', body: { decision: 'reject', reason: 'not-ours' } },
  ]));
});

test('Whoever may not review sees no buttons, and keys do nothing', async () => {
  person.value = { name: 'Ro', role: 'read-only', permissions: [] };
  await act(() => render(<ReviewPart request={proposals[1] ?? request()} />, host));
  await press('a');
  expect(host.textContent).toBe('');
  expect(calls).toEqual([]);
});

test('A referral says what is due and takes an answer', async () => {
  answer = {
    outcome: 'referral', party: 'electric', partyName: 'Electric utility', because: 'their cable', decidedBy: 'Dee', byRule: false,
    referrals: [{ id: 'sr-26-000123-1', kind: 'referral', party: 'electric', sentAt: null, reference: null, chaseAt: '2026-12-01T00:00:00Z', answer: null, answeredAt: null }],
  } satisfies Whose;
  await act(() => render(<WhosePart request={request({ responsible: null })} />, host));
  expect(calls).toEqual([]);
  await act(() => render(<WhosePart request={request({ responsible: 'referral' })} />, host));
  await vi.waitFor(() => expect(host.textContent).toContain('To be sent to Electric utility'));
  expect(host.textContent).toContain('their cable (Dee)');
  const done = [...host.querySelectorAll<HTMLElement>('.referral-buttons button')].find((b) => b.textContent === 'They did it');
  await act(() => done?.click());
  await vi.waitFor(() => expect(calls.find((c) => c.method === 'POST')).toEqual(
    { path: '/api/referrals/sr-26-000123-1', method: 'POST', body: { answer: 'done', reference: null } }));
});
