// The theme's colours for canvases, which cannot read CSS variables at each stroke.
import { UNIT_STATES, type UnitState } from '../app/states';

export interface Palette {
  panel: string; ink: string; ink2: string; line: string; accent: string; late: string; soon: string;
  priority: [string, string, string, string];
  unit: Record<UnitState, string>;
  /** By the hub's number of a lamp's state. */
  lamp: [string, string, string, string];
  onMark: string;
  dark: boolean;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const unit = Object.fromEntries(UNIT_STATES.map((s) => [s, token(`--unit-${s}`)])) as Record<UnitState, string>;
  unit.unknown = unit.offline;
  const dark = document.documentElement.dataset.theme === 'dark';
  return {
    panel: token('--panel'), ink: token('--ink'), ink2: token('--ink-2'), line: token('--line'),
    accent: token('--accent'), late: token('--late'), soon: token('--soon'),
    priority: [token('--p1'), token('--p2'), token('--p3'), token('--p4')],
    unit,
    lamp: [token('--lamp-unseen'), token('--lamp-lit'), token('--lamp-suspected'), token('--lamp-out')],
    onMark: dark ? '#0b131b' : '#ffffff',
    dark,
  };
}
