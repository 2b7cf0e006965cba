import type { ComponentChildren } from 'preact';

/** Priority as a chip: 1 and 2 are filled, 3 and 4 outlined, so that it reads without colour too. */
export function PriorityChip({ priority, title }: { priority: number; title: string }) {
  const p = Math.max(1, Math.min(4, priority));
  return (
    <span class={`priority p${p}`} title={title}>
      <span class="unseen">{title}</span>
      <span aria-hidden="true">P{p}</span>
    </span>
  );
}

export function Chip({ color, children }: { color?: string; children: ComponentChildren }) {
  return (
    <span class="chip" style={color ? { '--chip': color } : undefined}>
      {children}
    </span>
  );
}
