import { Icon, type IconName } from '../../../shared/widgets/Icon';

export function Empty({ icon, text, hint }: { icon: IconName; text: string; hint?: string }) {
  return (
    <div class="empty">
      <Icon name={icon} size={28} />
      <p>{text}</p>
      {hint && <p class="hint">{hint}</p>}
    </div>
  );
}
