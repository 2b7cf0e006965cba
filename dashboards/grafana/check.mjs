// Holds every file that Grafana reads to the schema that its own SDK's types make (shapes.ts): names, kinds and what may not be missing.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { parse } from 'yaml';

const here = import.meta.dirname;
const shapes = createGenerator({ path: join(here, 'shapes.ts'), tsconfig: join(here, 'tsconfig.json'), expose: 'none', topRef: false, additionalProperties: false });
const ajv = new Ajv({ allErrors: true, strict: false });
const compiled = new Map();
const shape = (name) => {
  if (!compiled.has(name)) compiled.set(name, ajv.compile(shapes.createSchema(name)));
  return compiled.get(name);
};

const files = ['alerting', 'dashboards', 'datasources'].flatMap((f) => readdirSync(join(here, 'provisioning', f)).map((name) => `provisioning/${f}/${name}`));
const checked = [...files, 'rules/field.yml'].map((file) => ({ file, shape: shape(shapeOf(file)), value: parse(readFileSync(join(here, file), 'utf8')) }));

const wrong = checked.flatMap(({ file, shape, value }) => [...against(shape, value), ...beyond(value)].map((e) => `${file}: ${e}`));
for (const line of wrong) console.error(line);
// A check that lets everything pass is none.
const blind = broken().filter(({ name, spoil }) => {
  const { shape, value } = checked.find(({ file }) => file.endsWith(name));
  const copy = structuredClone(value);
  spoil(copy);
  return against(shape, copy).length + beyond(copy).length === 0;
});
for (const { name, spoil } of blind) console.error(`${name}: passes although it is broken by ${spoil}`);
if (wrong.length + blind.length > 0) process.exit(1);
console.log(`${checked.length} files are as Grafana's types say; ${broken().length} broken ones were told apart`);

function shapeOf(file) {
  if (file.startsWith('rules/')) return 'RuleFile';
  if (file.includes('/alerting/')) return 'AlertFile';
  if (file.includes('/datasources/')) return 'DatasourceFile';
  return file.endsWith('.json') ? 'DashboardFile' : 'ProviderFile';
}

/** What does not fit. Of a choice of panels or queries, only what the choice with the same type says. */
function against(shape, value) {
  if (shape(value)) return [];
  const others = new Set(shape.errors.filter((e) => e.keyword === 'const').map((e) => e.schemaPath.match(/^(.*\/anyOf\/\d+)\//)?.[1]));
  others.delete(undefined);
  const own = shape.errors.filter((e) => e.keyword !== 'anyOf' && ![...others].some((o) => e.schemaPath.startsWith(`${o}/`)));
  return (own.length > 0 ? own : shape.errors).map((e) => [e.instancePath, e.message, e.params.additionalProperty, e.params.allowedValues?.join(', ')].filter(Boolean).join(' '));
}

/** What types cannot say: names once, panels within the 24 columns and on no other, rules that answer for themselves. */
function beyond(value) {
  const said = [];
  const once = (of, names) => {
    for (const name of names) if (names.indexOf(name) !== names.lastIndexOf(name)) said.push(`${of} '${name}' is there twice`);
  };
  const panels = value.panels ?? [];
  for (const p of panels) {
    once(`${p.title}: query`, (p.targets ?? []).map((t) => t.refId));
    const { x, y, w, h } = p.gridPos;
    if (x + w > 24) said.push(`${p.title}: is wider than the page`);
    for (const q of panels) if (q !== p && x < q.gridPos.x + q.gridPos.w && q.gridPos.x < x + w && y < q.gridPos.y + q.gridPos.h && q.gridPos.y < y + h) said.push(`${p.title}: lies on ${q.title}`);
    const source = p.datasource?.uid?.match(/^\$\{(.+)\}$/)?.[1];
    if (source && !value.templating.list.some((v) => v.name === source)) said.push(`${p.title}: no variable ${source}`);
  }
  for (const { rules } of value.groups ?? []) {
    once('rule', rules.map((r) => r.uid ?? r.alert));
    for (const { title, condition, data } of rules) {
      if (!data) continue;
      once(`${title}: query`, data.map((d) => d.refId));
      if (!data.some((d) => d.refId === condition)) said.push(`${title}: its condition '${condition}' is no query`);
      for (const d of data) if (d.refId !== d.model.refId) said.push(`${title}: ${d.refId} calls itself ${d.model.refId}`);
    }
  }
  return said;
}

function broken() {
  return [
    { name: 'hub.json', spoil: (d) => { d.panels[0].titel = 'Records'; } },
    { name: 'hub.json', spoil: (d) => { d.panels[0].options.legend.placement = 'beneath'; } },
    { name: 'hub.json', spoil: (d) => { d.panels[0].fieldConfig.defaults.custom.lineWidth = '2'; } },
    { name: 'hub.json', spoil: (d) => { delete d.panels[0].targets[0].expr; } },
    { name: 'hub.json', spoil: (d) => { d.panels[0].gridPos.w = 25; } },
    { name: 'fleet.json', spoil: (d) => { d.panels[0].options.graphMode = 'bars'; } },
    { name: 'fleet.json', spoil: (d) => { d.panels[0].type = 'speedometer'; } },
    { name: 'fleet.json', spoil: (d) => { d.panels[1].gridPos = { ...d.panels[0].gridPos }; } },
    { name: 'fleet.json', spoil: (d) => { d.templating.list[0].type = 'source'; } },
    { name: 'fleet.json', spoil: (d) => { delete d.schemaVersion; } },
    { name: 'alerting/field.yaml', spoil: (f) => { f.groups[0].interval = 'a minute'; } },
    { name: 'alerting/field.yaml', spoil: (f) => { f.groups[0].rules[0].noDataState = 'Quiet'; } },
    { name: 'alerting/field.yaml', spoil: (f) => { f.groups[0].rules[0].condition = 'never'; } },
    { name: 'alerting/field.yaml', spoil: (f) => { f.groups[0].rules[0].data[2].model.conditions[0].evaluator.type = '>'; } },
    { name: 'alerting/field.yaml', spoil: (f) => { f.groups[0].rules[0].data[0].datasourceUid = 'another'; } },
    { name: 'datasources/field.yaml', spoil: (f) => { f.apiVersion = 2; } },
    { name: 'datasources/field.yaml', spoil: (f) => { delete f.datasources[0].uid; } },
    { name: 'dashboards/field.yaml', spoil: (f) => { f.providers[0].options.paths = []; } },
    { name: 'rules/field.yml', spoil: (f) => { f.groups[0].rules[0].labels.severity = 'loud'; } },
  ];
}
