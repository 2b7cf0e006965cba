import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface WindowListProps<T> {
  label: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  rowHeight: number;
  selected: string | null;
  onSelect: (item: T) => void;
  row: (item: T) => ComponentChildren;
  empty: ComponentChildren;
}

const BEYOND = 4;

/** A long list that only draws what is seen. One stop of the Tab key; arrows move, Enter selects. */
export function WindowList<T>(props: WindowListProps<T>) {
  const { items, keyOf, rowHeight, selected } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(800);
  const [cursor, setCursor] = useState<string | null>(null);
  useEffect(() => {
    if (!box.current) return;
    const host = box.current;
    const watch = new ResizeObserver(() => setHeight(host.clientHeight));
    watch.observe(host);
    return () => watch.disconnect();
  }, []);
  const reveal = (index: number) => {
    const host = box.current;
    if (!host || index < 0) return;
    const y = index * rowHeight;
    if (y < host.scrollTop) host.scrollTop = y;
    else if (y + rowHeight > host.scrollTop + host.clientHeight) host.scrollTop = y + rowHeight - host.clientHeight;
  };
  const indexOf = (key: string | null) => (key === null ? -1 : items.findIndex((i) => keyOf(i) === key));
  useEffect(() => {
    reveal(indexOf(selected));
    setCursor(selected);
  }, [selected]);
  const active = Math.max(indexOf(cursor), indexOf(cursor) < 0 ? indexOf(selected) : -1);
  const onKey = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 };
    const move = moves[event.key];
    if (move !== undefined) {
      const next = Math.max(0, Math.min(items.length - 1, active < 0 ? 0 : active + move));
      const item = items[next];
      if (item) setCursor(keyOf(item));
      reveal(next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      const item = items[active];
      if (item) props.onSelect(item);
    } else return;
    event.preventDefault();
  };
  if (items.length === 0) return <div class="window-list">{props.empty}</div>;
  const first = Math.max(0, Math.floor(top / rowHeight) - BEYOND);
  const last = Math.min(items.length, Math.ceil((top + height) / rowHeight) + BEYOND);
  return (
    <div
      class="window-list" ref={box} role="listbox" tabIndex={0} aria-label={props.label}
      aria-activedescendant={active >= first && active < last ? `row-${keyOf(items[active] as T)}` : undefined}
      onScroll={(e) => setTop(e.currentTarget.scrollTop)} onKeyDown={onKey}
    >
      <div style={{ height: `${items.length * rowHeight}px`, position: 'relative' }} role="presentation">
        {items.slice(first, last).map((item, i) => {
          const key = keyOf(item);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox takes the keys
            <div
              key={key} id={`row-${key}`} role="option" tabIndex={-1} aria-selected={key === selected}
              aria-setsize={items.length} aria-posinset={first + i + 1}
              class={`window-row${key === selected ? ' selected' : ''}${first + i === active ? ' cursor' : ''}`}
              style={{ top: `${(first + i) * rowHeight}px`, height: `${rowHeight}px` }}
              onClick={() => props.onSelect(item)}
            >
              {props.row(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
