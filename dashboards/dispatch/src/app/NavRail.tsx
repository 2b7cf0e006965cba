import { number } from '../../../shared/format/measure';
import { Icon } from '../../../shared/widgets/Icon';
import { counts } from '../feed/city';
import { standing } from '../feed/standing';
import { waiting } from '../feed/waiting';
import { locale, words } from './preferences';
import type { List } from './route';
import { list, showList } from './selection';
import { may } from './session';
import { type Section, sections, views } from './views';

const open = (id: List) => {
  const needs = views[id].needs;
  return needs === undefined || may(needs);
};

/** What waits in a view for somebody. */
function waitingIn(id: List): number {
  if (id === 'unsent') return waiting.value.units + waiting.value.silent;
  if (id === 'alerts') return standing.value;
  return id === 'aside' ? counts.value.aside : 0;
}

export function NavRail() {
  const w = words.value;
  return (
    <nav class="rail" aria-label={w.product}>
      <span class="logo" aria-hidden="true">311</span>
      {sections.map((s) => <RailButton key={s.icon} section={s} />)}
    </nav>
  );
}

function RailButton({ section: s }: { section: Section }) {
  const own = s.views.filter(open);
  const first = own[0];
  if (!first) return null;
  const badge = own.reduce((sum, id) => sum + waitingIn(id), 0);
  return (
    <button type="button" class="rail-button" aria-current={own.includes(list.value) ? 'page' : undefined} onClick={() => showList(own.includes(list.value) ? list.value : first)}>
      <Icon name={s.icon} size={21} />
      <span>{s.name(words.value)}</span>
      <Badge n={badge} />
    </button>
  );
}

/** The views of the open section, where it has several. */
export function SubNav() {
  const w = words.value;
  const section = sections.find((s) => s.views.includes(list.value));
  const own = section?.views.filter(open) ?? [];
  if (!section || own.length < 2) return null;
  return (
    <nav class="subnav" aria-label={section.name(w)}>
      {own.map((id) => (
        <button key={id} type="button" aria-current={list.value === id ? 'page' : undefined} onClick={() => showList(id)}>
          {views[id].name(w)}
          <Badge n={waitingIn(id)} />
        </button>
      ))}
    </nav>
  );
}

function Badge({ n }: { n: number }) {
  return n > 0 ? <span class="badge">{n > 999 ? '999+' : number(locale.value, n)}</span> : null;
}
