import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../../../shared/widgets/Icon';
import { words } from '../app/preferences';
import { select } from '../app/selection';

export interface CardHeadProps {
  icon: IconName;
  title: string;
  sub: ComponentChildren;
  side?: ComponentChildren;
}

export function CardHead({ icon, title, sub, side }: CardHeadProps) {
  const w = words.value;
  return (
    <header class="card-head">
      <span class="card-icon"><Icon name={icon} size={22} /></span>
      <div class="card-title">
        <h2>{title}</h2>
        <p>{sub}</p>
      </div>
      {side}
      <button type="button" class="icon-button" title={w.close} aria-label={w.close} onClick={() => select(null)}>
        <Icon name="cross" size={17} />
      </button>
    </header>
  );
}
