import type { ComponentChildren } from 'preact';
import { catalogue, departmentName, districtName, districts, serviceName } from '../app/catalogue';
import { words } from '../app/preferences';
import { sourceShort } from '../app/states';
import { Icon } from '../../../shared/widgets/Icon';
import { FILTERS, type Filter, NO_DISTRICT, type QueueView } from './queue-filter';

interface FilterProps {
  view: QueueView;
  onChange: (part: Partial<QueueView>) => void;
}

const SOURCES = ['sensor', 'crew', 'person', 'resident'];

/** What a filter's value is called. */
function valueName(filter: Filter, value: string): string {
  if (filter === 'service') return serviceName(value);
  if (filter === 'department') return departmentName(value);
  if (filter === 'source') return sourceShort(words.value, value);
  return value === NO_DISTRICT ? words.value.noDistrict : districtName(value);
}

export function FilterPanel({ view, onChange }: FilterProps) {
  const w = words.value;
  const choice = (filter: Filter, label: string, values: readonly string[]): ComponentChildren => (
    <label>
      <span>{label}</span>
      <select value={view[filter]} onChange={(e) => onChange({ [filter]: e.currentTarget.value })}>
        <option value="">{w.any}</option>
        {values.map((v) => <option key={v} value={v}>{valueName(filter, v)}</option>)}
      </select>
    </label>
  );
  return (
    <div class="filter-panel">
      {choice('service', w.service, catalogue.value.items.map((s) => s.code))}
      {choice('district', w.district, [...districts.value.map((d) => d.id), NO_DISTRICT])}
      {choice('department', w.department, catalogue.value.departments.map((d) => d.code))}
      {choice('source', w.source, SOURCES)}
    </div>
  );
}

/** What narrows the list now; pressed, each goes. */
export function FilterChips({ view, onChange }: FilterProps) {
  const w = words.value;
  const on = FILTERS.filter((f) => view[f] !== '');
  if (on.length === 0 && !view.overdue) return null;
  const chip = (key: string, text: string, part: Partial<QueueView>) => (
    <button key={key} type="button" class={`filter-chip ${key}`} title={w.filterOff(text)} onClick={() => onChange(part)}>
      {text} <Icon name="cross" size={13} />
    </button>
  );
  return (
    <div class="filter-chips">
      {view.overdue && chip('overdue', w.onlyOverdue, { overdue: false })}
      {on.map((f) => chip(f, valueName(f, view[f]), { [f]: '' }))}
    </div>
  );
}
