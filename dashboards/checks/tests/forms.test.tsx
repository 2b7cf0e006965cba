// Nothing that was typed is lost on reload: every field of every form is bound to a draft.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ComponentChild } from 'preact';
import { beforeEach, expect, test, vi } from 'vitest';
import { NOW, order } from './samples';

vi.hoisted(() => vi.stubGlobal('Path2D', class {}));

const root = decodeURIComponent(new URL('../dispatch/src/', `file://${process.cwd()}/`).pathname);
const files = (folder: string): string[] => readdirSync(folder, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : entry.name.endsWith('.tsx') ? [join(folder, entry.name)] : []));

/** Fields that hold nothing typed: what is chosen there is a filter, a switch, a file, or done at once. How many of them. */
const NOT_TYPED: Record<string, [number, string]> = {
  'app/form.tsx': [3, 'draws Line, Area and Choice'],
  'app/ticks.tsx': [2, 'draws Tick and Ticks'],
  'app/PlaceField.tsx': [1, 'draws a place'],
  'top/SearchBox.tsx': [1, 'a search'],
  'top/TopBar.tsx': [1, 'the language, kept in the browser'],
  'past/CoverageReport.tsx': [2, 'filters'],
  'past/HotSpots.tsx': [3, 'filters'],
  'past/ReplayBar.tsx': [2, 'the moment and the pace'],
  'past/FlowReport.tsx': [3, 'filters'],
  'past/CostReport.tsx': [2, 'filters'],
  'team/ShiftFigures.tsx': [1, 'a filter'],
  'team/Overview.tsx': [2, 'filters, kept in the browser'],
  'team/DeskLog.tsx': [1, 'which desk is read'],
  'queue/FilterPanel.tsx': [1, 'filters, kept in the address'],
  'queue/RequestQueue.tsx': [1, 'the order, kept in the address'],
  'queue/BulkBar.tsx': [1, 'done at once'],
  'card/NoteForm.tsx': [1, 'a file: browsers let no page keep one'],
  'office/ImportList.tsx': [1, 'a file'],
  'office/AutomationTable.tsx': [2, 'done at once'],
  'map/LayerPanel.tsx': [1, 'switches of the map'],
};

/** `<input … />` and the like, with what is in the tag. */
const tags = (text: string, names: string) => [...text.matchAll(new RegExp(`<(${names})\\b((?:[^<>]|=>|<option)*)`, 'g'))].map(([, name = '', inside = '']) => ({ name, inside }));
const bound = (text: string, name: string): boolean =>
  new RegExp(`const ${name} = (?:\\([^)]*\\) => )?(?:draft|ticked)\\(`).test(text)
  || [...text.matchAll(/const \[([^\]]*)\] = \[\s*draft\(/g)].some(([, names = '']) => names.split(',').some((n) => n.trim() === name))
  // Given by who keeps it.
  || text.includes(`${name}: ReturnType<typeof draft>`);

test('Every field that somebody types into is bound to a draft', () => {
  const lost: string[] = [];
  let forms = 0;
  let fields = 0;
  for (const path of files(root)) {
    const [text, name] = [readFileSync(path, 'utf8'), relative(root, path)];
    forms += tags(text, 'form').length;
    // A bare one: either its value is a draft, or it is told above why it needs none.
    const bare = tags(text, 'input|select|textarea').filter((t) => !bound(text, /(?:value|checked)=\{(\w+)\.value/.exec(t.inside)?.[1] ?? '-'));
    const known = NOT_TYPED[name]?.[0] ?? 0;
    if (bare.length !== known) lost.push(`${name}: ${bare.length} bare fields, ${known} known: ${bare.map((t) => t.inside.trim().slice(0, 60)).join(' | ')}`);
    if (name in NOT_TYPED && name.startsWith('app/')) continue;
    for (const t of tags(text, 'Line|Area|Choice|Tick|Ticks|PlaceField')) {
      const of = /(?:text|kept)=\{(\w+)/.exec(t.inside)?.[1];
      // A line of something else.
      if (!of && t.name === 'Line') continue;
      fields++;
      if (!bound(text, of ?? '-')) lost.push(`${name}: <${t.name} ${t.inside.trim().slice(0, 80)}`);
    }
  }
  expect(lost).toEqual([]);
  expect([forms > 15, fields > 40]).toEqual([true, true]);
});

const districts = [{ id: '1', name: 'East' }, { id: '2', name: 'West' }];
const service = (code: string) => ({ code, title: code, group: '', department: 'd', pauseReasons: [], resolutions: ['repaired', 'not-found'], allowSensor: true,
  attributes: [{ code: 'size', description: 'How big?', hint: '', required: false, variable: true, values: [{ key: 'small', name: 'Small' }, { key: 'deep', name: 'Deep' }] }] });
const resolutions = [{ code: 'repaired', title: 'Repaired', wording: '', closes: true }, { code: 'not-found', title: 'Nothing found', wording: '', closes: true }];
const waiting = order({ id: 'wo-1', state: 'field-complete', service: 'pothole', resolution: 'repaired' });

/** Forms as they are shown, after the page was loaded anew. */
const FORMS: Record<string, () => Promise<ComponentChild>> = {
  'a new request': async () => { const { NewRequest } = await import('../../dispatch/src/queue/NewRequest'); return <NewRequest onDone={() => undefined} />; },
  'an event': async () => { const { EventForm } = await import('../../dispatch/src/office/EventForm'); return <EventForm onDone={() => undefined} />; },
  'what a crew can do': async () => { const { CrewProfile } = await import('../../dispatch/src/team/CrewProfile'); return <CrewProfile crew={{ id: 'c1', name: 'Alpha', shift: 'on', vehicle: null }} onDone={() => undefined} />; },
  'a note': async () => { const { NoteForm } = await import('../../dispatch/src/card/NoteForm'); return <NoteForm number="SR-1" onDone={() => undefined} />; },
  'a review': async () => { const { ReviewOrder } = await import('../../dispatch/src/card/ReviewOrder'); return <ReviewOrder order={waiting} />; },
};

async function load(form: () => Promise<ComponentChild>) {
  vi.resetModules();
  const { render } = await import('preact');
  const { act } = await import('preact/test-utils');
  const { catalogue, districts: known } = await import('../../dispatch/src/app/catalogue');
  const { person } = await import('../../dispatch/src/app/session');
  const { crews } = await import('../../dispatch/src/feed/city');
  catalogue.value = { items: [service('pothole'), service('graffiti')], departments: [], pauseReasons: [], resolutions };
  known.value = districts;
  person.value = { name: 'Ada', role: 'dispatcher', permissions: ['*'] };
  crews.value = [{ id: 'c1', name: 'Alpha', shift: 'on', vehicle: null }];
  const host = document.body.appendChild(document.createElement('div'));
  const shown = await form();
  await act(async () => render(shown as never, host));
  // A form that is folded away opens.
  await act(async () => host.querySelector<HTMLElement>('button.link, button[aria-expanded=false]')?.click());
  await vi.waitFor(() => expect(host.querySelector('input, textarea, select')).not.toBeNull());
  return { host, act, close: () => act(async () => { render(null, host); host.remove(); }) };
}

type Box = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
const boxes = (host: Element): Box[] => [...host.querySelectorAll<Box>('input:not([type=file]), select, textarea')];
const says = (host: Element) => boxes(host).map((b) => (b instanceof HTMLInputElement && b.type === 'checkbox' ? b.checked : b.value));

beforeEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
  vi.stubGlobal('fetch', async (path: string) => new Response(
    JSON.stringify(path === '/api/crews' ? { items: [{ id: 'c1', name: 'Alpha', members: [], skills: [], contractor: null, equipment: [], districts: ['1'] }] } : { items: [] }),
    { headers: { 'content-type': 'application/json' } }));
  vi.setSystemTime(NOW);
});

test.each(Object.keys(FORMS))('What was typed into %s is there after a reload', async (name) => {
  const form = FORMS[name] as () => Promise<ComponentChild>;
  const first = await load(form);
  const untouched = says(first.host);
  // Fields may come with others: a tick shows more of them.
  for (let i = 0; i < boxes(first.host).length; i++) {
    await first.act(async () => {
      const box = boxes(first.host)[i] as Box;
      if (box instanceof HTMLInputElement && box.type === 'checkbox') box.click();
      else {
        box.value = box instanceof HTMLSelectElement ? ([...box.options].at(-1)?.value ?? '') : `typed ${i}`;
        box.dispatchEvent(new Event(box instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
      }
    });
  }
  const typed = says(first.host);
  expect(typed).not.toEqual(untouched);
  await first.close();
  const again = await load(form);
  expect(says(again.host)).toEqual(typed);
  await again.close();
});
