// Nothing that was typed is lost on reload: every field of every form is bound to a draft.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = decodeURIComponent(new URL('../dispatch/src/', `file://${process.cwd()}/`).pathname);
const files = (folder) => readdirSync(folder, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : entry.name.endsWith('.tsx') ? [join(folder, entry.name)] : []));

/** Fields that hold nothing typed: what is chosen there is a filter, a switch, a file, or done at once. How many of them. */
const NOT_TYPED = {
  'app/form.tsx': [3, 'draws Line, Area and Choice'],
  'app/ticks.tsx': [2, 'draws Tick and Ticks'],
  'app/PlaceField.tsx': [1, 'draws a place'],
  'app/KeyHelp.tsx': [1, 'a choice, kept in the browser'],
  'team/HazardList.tsx': [1, 'a filter'],
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
  'lists/LightList.tsx': [1, 'which state is read, kept in the address'],
  'office/AutomationTable.tsx': [2, 'done at once'],
  'map/LayerPanel.tsx': [1, 'switches of the map'],
};

/** `<input … />` and the like, with what is in the tag. */
const tags = (text, names) => [...text.matchAll(new RegExp(`<(${names})\\b((?:[^<>]|=>|<option)*)`, 'g'))].map(([, name = '', inside = '']) => ({ name, inside }));
const bound = (text, name) =>
  new RegExp(`const ${name} = (?:\\([^)]*\\) => )?(?:draft|ticked)\\(`).test(text)
  || [...text.matchAll(/const \[([^\]]*)\] = \[\s*draft\(/g)].some(([, names = '']) => names.split(',').some((n) => n.trim() === name))
  // Given by who keeps it.
  || text.includes(`${name}: ReturnType<typeof draft>`);

test('Every field that somebody types into is bound to a draft', () => {
  const lost = [];
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
