import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const here = (path) => decodeURIComponent(new URL(path, `file://${process.cwd()}/`).pathname);
const known = Object.keys(JSON.parse(readFileSync(here('../../hub/openapi.json'), 'utf8')).paths).map((path) => path.split('/').slice(1));
/** Beside the JSON API, and so not in its document. */
const OTHERS = ['/api/attachments/'];

const sources = (folder) => readdirSync(folder, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : /\.tsx?$/.test(entry.name) ? [readFileSync(join(folder, entry.name), 'utf8')] : []));

/** Addresses as the page makes them; what is filled in is null. */
function asked(text) {
  const written = [...text.matchAll(/[`'](\/api\/[^`'?#]+)/g)].map(([, path = '']) => path.replace(/\$\{[^}]*\}+/g, '{}').split('/').slice(1).map((part) => (part === '' || part.includes('{') ? null : part)));
  const put = [...text.matchAll(/[^\w.]at\(('[^()]*?)\)/g)].map(([, list = '']) => ['api', ...list.split(/,(?![^?]*:)/).map((part) => /^\s*'([^']+)'\s*$/.exec(part)?.[1] ?? null)]);
  return [...written, ...put];
}

test('Every address that the page asks is one of the hub’s API', () => {
  const all = sources(here('../dispatch/src')).flatMap(asked).filter((path) => !OTHERS.some((o) => `/${path.join('/')}`.startsWith(o)));
  const strangers = all.filter((path) => !known.some((k) => k.length === path.length && path.every((part, i) => part === null || part === k[i] || k[i]?.startsWith('{'))));
  expect(strangers.map((path) => path.map((part) => part ?? '{}').join('/'))).toEqual([]);
  expect(all.length).toBeGreaterThan(60);
});
