import { expect, test } from 'vitest';
import { dictionaries, en, tags } from '../../shared/words/crew';

test('The crew has five languages, and no word of one is left in English', async () => {
  expect(tags).toEqual(['en', 'es', 'pt', 'ht', 'zh']);
  // Spelt the same in another language.
  const same = new Set(['material', 'parts', 'winds', 'hour', 'pin', 'say', 'noSignal']);
  for (const tag of tags.slice(1)) {
    const words = (await dictionaries[tag]?.()) as Record<string, unknown>;
    const left = Object.entries(en).filter(([key, word]) => typeof word === 'string' && words[key] === word && !same.has(key)).map(([key]) => key);
    expect(left, tag).toEqual([]);
    expect((words.chips as string[]).length, tag).toBe(en.chips.length);
    expect(Object.keys(words.did as object), tag).toEqual(Object.keys(en.did));
  }
});

test('Every word is used', () => {
  const source = Object.values(import.meta.glob<string>('../../crew/src/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true })).join('\n');
  expect(Object.keys(en).filter((key) => !new RegExp(`\\.${key}\\b`).test(source))).toEqual([]);
});
