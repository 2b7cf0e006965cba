import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Glyph } from '../parts/Glyph';
import { words } from '../state/preferences';
import { close } from '../state/sheet';

/** Lies over the board and keeps the focus; Escape and the cross close it. */
export function Sheet({ title, children, onClose = close }: { title: string; children: ComponentChildren; onClose?: () => void }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    const from = document.activeElement as HTMLElement | null;
    if (dialog && !dialog.open) dialog.showModal?.();
    return () => {
      dialog?.close?.();
      // Back to the button that opened it: the dialog is taken away before it could say so.
      requestAnimationFrame(() => from?.isConnected && from.focus());
    };
  }, []);
  return (
    <dialog class="sheet" ref={box} aria-label={title} onCancel={(e) => { e.preventDefault(); onClose(); }}>
      <header><h2>{title}</h2><button type="button" class="square" aria-label={words.value.close} onClick={onClose}><Glyph name="cross" /></button></header>
      <div class="sheet-body">{children}</div>
    </dialog>
  );
}
