// Writes the dashboards as Grafana provisions them: node build.mjs [--check] (says whether the files are those of the code).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as all from './dashboards.mjs';

const folder = join(import.meta.dirname, 'provisioning', 'dashboards');
mkdirSync(folder, { recursive: true });
let old = 0;
for (const [name, builder] of Object.entries(all)) {
  const file = join(folder, `${name}.json`);
  const text = `${JSON.stringify(builder.build(), null, 2)}\n`;
  if (process.argv.includes('--check')) {
    let before = '';
    try {
      before = readFileSync(file, 'utf8');
    } catch {
      // It is missing: that is a difference, too.
    }
    if (before === text) continue;
    console.error(`${file} is not what dashboards.mjs says: npm run build`);
    old++;
  } else {
    writeFileSync(file, text);
    console.log(file);
  }
}
process.exit(old > 0 ? 1 : 0);
