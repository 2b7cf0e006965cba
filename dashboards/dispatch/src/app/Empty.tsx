import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../../../shared/widgets/Icon';

export function Empty({ icon, text, hint, children }: { icon: IconName; text: string; hint?: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} size={28} />
      <p>{text}</p>
      {hint && <p class="hint">{hint}</p>}
      {children}
    </div>
  );
}
