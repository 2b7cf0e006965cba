#!/usr/bin/env node
// How much JavaScript the dispatcher's page fetches before its map: node size.mjs [DIST] [--most KB]. Ends with 1 when it is more.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

const { values, positionals } = parseArgs({ options: { most: { type: 'string', default: '100' } }, allowPositionals: true });
const dist = positionals[0] ?? fileURLToPath(new URL('../dispatch/dist', import.meta.url));
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const seen = new Map();

/** A script and all that it imports at once; what it imports later is not counted. */
function take(name) {
  if (seen.has(name)) return;
  const text = readFileSync(join(dist, 'assets', name), 'utf8');
  seen.set(name, gzipSync(text, { level: 9 }).length);
  for (const [, from] of text.matchAll(/(?:^|[;\s}])(?:import|export)\s*(?:[\w$*{},\s]+from\s*)?["']\.\/([^"']+\.js)["']/g)) take(from);
}

for (const [, src] of page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)) take(basename(src));
const kb = [...seen.values()].reduce((a, b) => a + b, 0) / 1000;
console.log(JSON.stringify({ js_kb_gz_before_map: Math.round(kb * 10) / 10, most: Number(values.most), scripts: Object.fromEntries(seen) }));
process.exitCode = kb > Number(values.most) ? 1 : 0;
