import { useRef } from 'preact/hooks';

export interface TabsProps<T extends string> {
  label: string;
  tabs: readonly { id: T; text: string; count?: string }[];
  selected: T;
  onSelect: (id: T) => void;
}

/** A tab row: arrows move and select, as the ARIA pattern says. */
export function Tabs<T extends string>({ label, tabs, selected, onSelect }: TabsProps<T>) {
  const row = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const index = (tabs.findIndex((t) => t.id === selected) + step + tabs.length) % tabs.length;
    const next = tabs[index];
    if (!next) return;
    onSelect(next.id);
    (row.current?.children[index] as HTMLElement | undefined)?.focus();
    event.preventDefault();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} ref={row} onKeyDown={onKey}>
      {tabs.map((tab) => (
        <button
          key={tab.id} type="button" role="tab" aria-selected={tab.id === selected} tabIndex={tab.id === selected ? 0 : -1}
          onClick={() => onSelect(tab.id)}
        >
          {tab.text}
          {tab.count !== undefined && <span class="tab-count">{tab.count}</span>}
        </button>
      ))}
    </div>
  );
}
