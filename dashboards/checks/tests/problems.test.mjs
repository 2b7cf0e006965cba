import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { problems, sayProblem } from '../../shared/words/problems';

const source = readFileSync(`${import.meta.dirname}/../../../hub/ProblemSentences.cs`, 'utf8');
const known = [...source.matchAll(/^\s*\("([\w-]+)", "(.*)"\),$/gm)].map(([, code, says]) => ({ code, values: slotsOf(says) }));

function slotsOf(text) {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
}

test('Every code of the hub has words in every language, which ask for no value that it lacks', async () => {
  expect(known.length).toBeGreaterThan(60);
  for (const [language, read] of Object.entries(problems)) {
    const words = await read();
    expect([language, Object.keys(words).sort()]).toEqual([language, [...new Set(known.map((k) => k.code))].sort()]);
    for (const { code, values } of known) {
      const asked = slotsOf(words[code]);
      expect([language, code, asked.filter((name) => !values.includes(name))]).toEqual([language, code, []]);
    }
  }
});

test('A coded problem is said with what stands in it, and an unknown one is left to the hub', async () => {
  const es = await problems.es();
  expect(sayProblem(es, { code: 'length', values: { max: '400' } })).toBe('Escriba de 1 a 400 caracteres.');
  expect(sayProblem(es, { code: 'toString' })).toBeNull();
});
