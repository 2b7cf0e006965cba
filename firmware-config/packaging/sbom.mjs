// What a release is made of, as CycloneDX 1.6 JSON (https://cyclonedx.org/docs/1.6/json/): from the lock files of NuGet and npm,
// the packages that debian/control names, and the pinned .NET runtime. Licences are read from the packages themselves. The same inputs give the same bytes.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const [root, version, time] = process.argv.slice(2);
const cache = process.env.NUGET_PACKAGES ?? join(homedir(), '.nuget', 'packages');
const rules = JSON.parse(readFileSync(join(root, 'firmware-config/packaging/licences.json'), 'utf8'));
const json = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

/** What runs at a city; everything else only builds or tests it. */
const shippedNuget = ['edge/Wire', 'edge/Link', 'edge/Settings', 'edge/Agent', 'hub'];
const shippedNpm = ['dashboards/dispatch', 'dashboards/crew'];
const npmRooms = [...shippedNpm, 'dashboards/basemap', 'dashboards/checks', 'dashboards/grafana', 'dashboards/node'];
// Analyzers leave nothing in a program.
const buildOnly = new Set(['Microsoft.CodeAnalysis.BannedApiAnalyzers']);

const components = new Map();
const dependencies = new Map();

function add(component, ships) {
  const known = components.get(component['bom-ref']);
  if (!known) components.set(component['bom-ref'], { ...component, scope: ships ? 'required' : 'excluded' });
  else if (ships) known.scope = 'required';
}

function licensed(id) {
  if (!id) return [];
  return /\s(OR|AND|WITH)\s/.test(id) ? [{ expression: id }] : [{ license: { id } }];
}

function nugetLicence(name, at) {
  if (rules.read[name]) return rules.read[name][0];
  const file = join(cache, name.toLowerCase(), at.toLowerCase(), `${name.toLowerCase()}.nuspec`);
  if (!existsSync(file)) throw new Error(`${file} is missing: dotnet restore ThreeOneOne.Field.sln first`);
  const text = readFileSync(file, 'utf8');
  const expression = /<license type="expression">([^<]+)<\/license>/.exec(text)?.[1].trim();
  if (expression) return expression;
  const url = /<licenseUrl>([^<]+)<\/licenseUrl>/.exec(text)?.[1] ?? '';
  return /licenses\.nuget\.org\/([\w.-]+)/.exec(url)?.[1] ?? null;
}

function readNuget(room) {
  const ships = shippedNuget.includes(room);
  const lock = json(`${room}/packages.lock.json`).dependencies;
  for (const target of Object.values(lock)) {
    const ref = (name) => {
      const key = Object.keys(target).find((k) => k.toLowerCase() === name.toLowerCase());
      return key && target[key].type !== 'Project' ? `pkg:nuget/${key}@${target[key].resolved}` : null;
    };
    for (const [name, entry] of Object.entries(target)) {
      if (entry.type === 'Project') continue;
      const purl = ref(name);
      add({
        type: 'library', 'bom-ref': purl, name, version: entry.resolved, purl, licenses: licensed(nugetLicence(name, entry.resolved)),
        properties: [{ name: 'nuget:contentHash', value: entry.contentHash }],
      }, ships && !buildOnly.has(name));
      dependencies.set(purl, Object.keys(entry.dependencies ?? {}).map(ref).filter(Boolean));
    }
  }
}

/** What of a page's packages reaches its bundle: those named in licences.json, and what they import. */
function bundled(packages) {
  const reached = new Set();
  const open = rules.bundled.filter((name) => packages[`node_modules/${name}`]);
  for (const name of Object.keys(packages[''].dependencies ?? {}))
    if (!rules.bundled.includes(name) && !rules.tools.includes(name)) throw new Error(`${name}: say in licences.json whether it is bundled or a tool`);
  while (open.length > 0) {
    const path = `node_modules/${open.pop()}`;
    if (reached.has(path) || !packages[path]) continue;
    reached.add(path);
    open.push(...Object.keys(packages[path].dependencies ?? {}));
  }
  return reached;
}

function readNpm(room) {
  const packages = json(`${room}/package-lock.json`).packages;
  const ships = shippedNpm.includes(room) ? bundled(packages) : new Set();
  for (const [path, entry] of Object.entries(packages)) {
    if (!path || entry.link) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const purl = `pkg:npm/${name.replace('@', '%40')}@${entry.version}`;
    const manifest = join(root, room, path, 'package.json');
    const licence = rules.read[name]?.[0] ?? entry.license ?? (existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).license : null);
    const hash = entry.integrity?.startsWith('sha512-') ? [{ alg: 'SHA-512', content: Buffer.from(entry.integrity.slice(7), 'base64').toString('hex') }] : undefined;
    add({ type: 'library', 'bom-ref': purl, name, version: entry.version, purl, licenses: licensed(licence), ...(hash && { hashes: hash }) }, ships.has(path));
    dependencies.set(purl, Object.keys(entry.dependencies ?? {}).map((d) => packages[`node_modules/${d}`] && `pkg:npm/${d.replace('@', '%40')}@${packages[`node_modules/${d}`].version}`).filter(Boolean));
  }
}

/** Debian's own packages: the distribution says their licences and repairs them; their versions are what the machine has. */
function readDebian(name) {
  const file = `firmware-config/packaging/${name}/debian/control`;
  if (!existsSync(join(root, file))) return;
  const text = readFileSync(join(root, file), 'utf8').replace(/\n[ \t]+/g, ' ');
  for (const line of text.match(/^(Depends|Recommends):.*$/gm) ?? []) {
    for (const choice of line.slice(line.indexOf(':') + 1).split(',')) {
      const [first] = choice.split('|').map((p) => p.trim());
      if (!first || first.startsWith('$') || first.startsWith('field-')) continue;
      const [, pkg, , least] = /^([a-z0-9+.-]+)\s*(\((?:>=|=)\s*([^)]+)\))?/.exec(first);
      const purl = `pkg:deb/debian/${pkg}`;
      add({ type: 'library', 'bom-ref': purl, name: pkg, ...(least && { version: `>=${least}` }), purl, licenses: [], properties: [{ name: 'debian:wanted-by', value: `field-${name}` }] }, true);
    }
  }
}

/** What every program here runs on: the shared frameworks in the tarball that runtime.sh packs, by the names that advisories use. */
function readRuntime() {
  const pins = readFileSync(join(root, 'firmware-config/packaging/runtime.sha512'), 'utf8');
  for (const [, content, file, at, rid] of pins.matchAll(/^([0-9a-f]{128}) {2}(aspnetcore-runtime-([\d.]+)-([a-z0-9-]+)\.tar\.gz)$/gm)) {
    const url = `https://builds.dotnet.microsoft.com/dotnet/aspnetcore/Runtime/${at}/${file}`;
    for (const name of [`Microsoft.NETCore.App.Runtime.${rid}`, `Microsoft.AspNetCore.App.Runtime.${rid}`]) {
      const purl = `pkg:nuget/${name}@${at}`;
      add({
        type: 'framework', 'bom-ref': purl, name, version: at, purl, licenses: licensed(rules.read['aspnetcore-runtime'][0]),
        externalReferences: [{ type: 'distribution', url, hashes: [{ alg: 'SHA-512', content }] }],
        properties: [{ name: 'debian:packed-as', value: 'field-runtime' }],
      }, true);
    }
  }
}

const testRooms = readdirSync(join(root, 'tests')).map((d) => `tests/${d}`).filter((d) => existsSync(join(root, d, 'packages.lock.json')));
[...shippedNuget, ...testRooms].forEach(readNuget);
npmRooms.filter((r) => existsSync(join(root, r, 'package-lock.json'))).forEach(readNpm);
['agent', 'hub'].forEach(readDebian);
readRuntime();

/** Of an OR one must be allowed, of an AND all. */
function allowed(licence, list) {
  const text = licence.replace(/[()]/g, ' ').trim();
  if (/\sOR\s/.test(text)) return text.split(/\sOR\s/).some((l) => allowed(l, list));
  return text.split(/\sAND\s/).every((l) => list.includes(l.trim()));
}

const faults = [];
for (const c of components.values()) {
  if (c.purl.startsWith('pkg:deb/')) continue;
  const licence = c.licenses[0]?.license?.id ?? c.licenses[0]?.expression;
  const list = c.scope === 'required' ? rules.allowed : [...rules.allowed, ...rules.allowedForBuildOnly];
  if (!licence) faults.push(`${c.purl}: no licence found: read it and say it in licences.json`);
  else if (!allowed(licence, list)) faults.push(`${c.purl}: ${licence} is not allowed${c.scope === 'required' ? ' in what is shipped' : ''}`);
}

const sorted = [...components.values()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
const bom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    timestamp: time,
    component: { type: 'application', 'bom-ref': `threeoneone-field@${version}`, name: 'threeoneone-field', version },
  },
  components: sorted,
  dependencies: [
    { ref: `threeoneone-field@${version}`, dependsOn: sorted.filter((c) => c.scope === 'required').map((c) => c['bom-ref']) },
    ...sorted.map((c) => ({ ref: c['bom-ref'], dependsOn: [...new Set(dependencies.get(c['bom-ref']) ?? [])].filter((d) => components.has(d)).sort() })),
  ],
};
// A name of its own, made from what is in it.
const id = createHash('sha256').update(JSON.stringify(bom)).digest('hex');
bom.serialNumber = `urn:uuid:${id.slice(0, 8)}-${id.slice(8, 12)}-8${id.slice(13, 16)}-a${id.slice(17, 20)}-${id.slice(20, 32)}`;
process.stdout.write(JSON.stringify(bom, null, 1) + '\n');
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
