// What Grafana takes, by the types of its own Foundation SDK: check.mjs makes a JSON Schema of it. Where the SDK leaves a part open
// (a panel's options, a query), the part of the panels that are used here is put in. The files of provisioning/alerting,
// provisioning/datasources and provisioning/dashboards have no type in the SDK: their members are those that Grafana reads
// (https://grafana.com/docs/grafana/latest/administration/provisioning/).
import type { Rule } from '@grafana/grafana-foundation-sdk/alerting';
import type { Dashboard, FieldConfig, FieldConfigSource, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { TypeMath, TypeThreshold } from '@grafana/grafana-foundation-sdk/expr';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/prometheus';
import type * as stat from '@grafana/grafana-foundation-sdk/stat';
import type * as table from '@grafana/grafana-foundation-sdk/table';
import type * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';

type Data<T> = Omit<T, '_implementsDataqueryVariant'>;
type Named<T> = Data<T> & { refId: string };

interface Fields<Custom> {
  defaults: Omit<FieldConfig, 'custom'> & { custom?: Custom };
  overrides: FieldConfigSource['overrides'];
}

interface Shown<Type extends string, Options, Custom> extends Omit<Panel, 'type' | 'title' | 'datasource' | 'gridPos' | 'targets' | 'options' | 'fieldConfig'> {
  type: Type;
  title: string;
  datasource: NonNullable<Panel['datasource']>;
  gridPos: NonNullable<Panel['gridPos']>;
  targets: Named<Dataquery>[];
  options: Options;
  fieldConfig: Fields<Custom>;
}

type Empty = Record<string, never>;

export interface DashboardFile extends Omit<Dashboard, 'panels' | 'uid' | 'title'> {
  uid: string;
  title: string;
  panels: (Shown<'stat', stat.Options, Empty> | Shown<'timeseries', timeseries.Options, Partial<timeseries.FieldConfig>> | Shown<'table', table.Options, Partial<table.FieldConfig>> | RowPanel)[];
}

interface Asked<Uid extends string, Model> {
  refId: string;
  queryType?: string;
  relativeTimeRange: { from: number; to: number };
  datasourceUid: Uid;
  model: Model;
}

/**
 * A length of time as Prometheus writes it.
 * @pattern ^([0-9]+(ms|[smhdwy]))+$
 */
type Span = string;

interface AlertRule extends Pick<Rule, 'title' | 'condition' | 'noDataState' | 'execErrState' | 'labels' | 'annotations' | 'isPaused'> {
  /**
   * @pattern ^[a-zA-Z0-9_-]{1,40}$
   */
  uid: string;
  for?: Span;
  keepFiringFor?: Span;
  dashboardUid?: string;
  panelId?: number;
  data: (Asked<'threeoneone', Named<Dataquery>> | Asked<'__expr__', Named<TypeMath> | Named<TypeThreshold>>)[];
}

export interface AlertFile {
  apiVersion: 1;
  groups: { orgId?: number; name: string; folder: string; interval: Span; rules: AlertRule[] }[];
}

export interface DatasourceFile {
  apiVersion: 1;
  prune?: boolean;
  datasources: {
    name: string;
    type: 'prometheus';
    uid: string;
    access: 'proxy' | 'direct';
    url: string;
    orgId?: number;
    isDefault?: boolean;
    editable?: boolean;
    basicAuth?: boolean;
    basicAuthUser?: string;
    jsonData?: { httpMethod?: 'POST' | 'GET'; timeInterval?: Span; queryTimeout?: Span; manageAlerts?: boolean; prometheusType?: string; prometheusVersion?: string };
    secureJsonData?: Record<string, string>;
  }[];
}

export interface ProviderFile {
  apiVersion: 1;
  providers: {
    name: string;
    orgId?: number;
    folder?: string;
    folderUid?: string;
    type: 'file';
    disableDeletion?: boolean;
    updateIntervalSeconds?: number;
    allowUiUpdates?: boolean;
    options: { path: string; foldersFromFilesStructure?: boolean };
  }[];
}

/** For Prometheus and vmalert; promtool reads its expressions. */
export interface RuleFile {
  groups: {
    name: string;
    interval: Span;
    rules: { alert: string; expr: string; for?: Span; keep_firing_for?: Span; labels: { severity: 'page' | 'ticket' }; annotations: { summary: string; remedy: string } }[];
  }[];
}
