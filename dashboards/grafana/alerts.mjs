// The rules of rules/field.yml as Grafana provisions its own, for a Grafana without a Prometheus or vmalert that would judge them.
import { parse } from 'yaml';

const EXPRESSIONS = '__expr__';
export const HEAD = '# Made of rules/field.yml: npm run build.\n';

export function alerts(rules) {
  return {
    apiVersion: 1,
    groups: parse(rules).groups.map((g) => ({ name: g.name, folder: 'ThreeOneOne.Field', interval: g.interval, rules: g.rules.map(rule) })),
  };
}

/** As in Prometheus, a rule fires for what its expression leaves over: any number, 0 too. */
const rule = ({ alert, expr, for: wait, labels, annotations }) => ({
  uid: `threeoneone-${alert.replaceAll(/(?<!^)(?=[A-Z])/g, '-').toLowerCase()}`,
  title: alert,
  condition: 'fires',
  data: [
    asked('left', 'threeoneone', { expr, instant: true, range: false, editorMode: 'code' }),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in.
    asked('isThere', EXPRESSIONS, { type: 'math', expression: 'is_number(${left}) || is_nan(${left}) || is_inf(${left})' }),
    asked('fires', EXPRESSIONS, { type: 'threshold', expression: 'isThere', conditions: [{ evaluator: { type: 'gt', params: [0] } }] }),
  ],
  // Nothing left over is all well; a store that cannot be asked is said as such.
  noDataState: 'OK',
  execErrState: 'Error',
  for: wait ?? '0s',
  labels,
  annotations,
});

const asked = (refId, datasourceUid, model) => ({ refId, relativeTimeRange: { from: 600, to: 0 }, datasourceUid, model: { refId, ...model } });
