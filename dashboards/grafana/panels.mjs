// Panels as the three dashboards use them. The data source is a variable, so that a city chooses its own on screen.
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as table from '@grafana/grafana-foundation-sdk/table';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import { DashboardBuilder, DatasourceVariableBuilder, ThresholdsConfigBuilder, ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in.
export const SOURCE = { type: 'prometheus', uid: '${source}' };

export const dashboard = (uid, title, description, from) =>
  new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['threeoneone'])
    .timezone('browser')
    .time({ from, to: 'now' })
    .refresh('1m')
    .readonly()
    .withVariable(new DatasourceVariableBuilder('source').label('Data source').type('prometheus'));

const query = ([expression, legend], i, instant) => {
  const built = new DataqueryBuilder().expr(expression).legendFormat(legend ?? '').refId(String.fromCharCode(65 + i));
  return instant ? built.instant() : built;
};

/** Lines over time. Each query is [expression, legend]. */
export function lines(title, description, unit, queries, { span = 12, stacked = false } = {}) {
  const panel = new timeseries.PanelBuilder()
    .title(title)
    .description(description)
    .datasource(SOURCE)
    .unit(unit)
    .span(span)
    .height(8)
    .min(0)
    .lineWidth(2)
    .fillOpacity(stacked ? 35 : 8)
    .showPoints(common.VisibilityMode.Auto)
    // A gap is a gap: where nothing was sensed no line is drawn across.
    .spanNulls(false)
    .legend(new common.VizLegendOptionsBuilder().displayMode(common.LegendDisplayMode.Table).placement(common.LegendPlacement.Bottom).showLegend(true).calcs(['lastNotNull', 'max']));
  if (stacked) panel.stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal));
  for (const [i, q] of queries.entries()) panel.withTarget(query(q, i, false));
  return panel;
}

/** One figure. Steps are [from, colour] beside the first colour; blue and orange are told apart by everybody. */
export function figure(title, description, unit, expression, { span = 4, steps = [] } = {}) {
  return new stat.PanelBuilder()
    .title(title)
    .description(description)
    .datasource(SOURCE)
    .unit(unit)
    .span(span)
    .height(4)
    .graphMode(common.BigValueGraphMode.Area)
    .colorMode(common.BigValueColorMode.Value)
    .thresholds(
      new ThresholdsConfigBuilder()
        .mode(ThresholdsMode.Absolute)
        .steps([{ value: null, color: 'blue' }, ...steps.map(([value, color]) => ({ value, color }))]),
    )
    .withTarget(query([expression], 0, true));
}

/** A list of the highest. */
export function list(title, description, unit, expression, { span = 12 } = {}) {
  return new table.PanelBuilder()
    .title(title)
    .description(description)
    .datasource(SOURCE)
    .unit(unit)
    .span(span)
    .height(9)
    .withTarget(query([expression], 0, true).format('table'));
}
