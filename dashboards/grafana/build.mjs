// Writes the dashboards and alert rules as Grafana provisions them: node build.mjs [--check] (says whether the files are those of the code).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { alerts, HEAD } from './alerts.mjs';
import * as all from './dashboards.mjs';

const folder = join(import.meta.dirname, 'provisioning');
let old = 0;

for (const [name, builder] of Object.entries(all)) put(join(folder, 'dashboards', `${name}.json`), `${JSON.stringify(builder.build(), null, 2)}\n`);
const rules = readFileSync(join(import.meta.dirname, 'rules', 'field.yml'), 'utf8');
put(join(folder, 'alerting', 'field.yaml'), HEAD + stringify(alerts(rules), { lineWidth: 160 }));
process.exit(old > 0 ? 1 : 0);

function put(file, text) {
  if (process.argv.includes('--check')) {
    let before = '';
    try {
      before = readFileSync(file, 'utf8');
    } catch {
      // It is missing: that is a difference, too.
    }
    if (before === text) return;
    console.error(`${file} is not what the code says: npm run build`);
    old++;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(file);
  }
}
