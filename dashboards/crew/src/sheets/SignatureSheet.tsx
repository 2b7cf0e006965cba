import { useRef, useState } from 'preact/hooks';
import { change, draftOf } from '../state/draft';
import { keepFile } from '../state/press';
import { words } from '../state/preferences';
import { close } from '../state/sheet';
import type { Order } from '../state/shapes';
import { Sheet } from './Sheet';

const [WIDTH, HEIGHT] = [1160, 380];

/** Black on white, whatever the theme: it ends up on paper. */
export function SignatureSheet({ order }: { order: Order }) {
  const w = words.value;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  const [fault, setFault] = useState('');
  const pen = () => canvas.current?.getContext('2d') ?? null;
  const at = (e: PointerEvent): [number, number] => {
    const box = (e.currentTarget as HTMLElement).getBoundingClientRect();
    return [(e.clientX - box.left) * (WIDTH / box.width), (e.clientY - box.top) * (HEIGHT / box.height)];
  };
  const down = (e: PointerEvent) => {
    const p = pen();
    if (!p) return;
    (e.currentTarget as HTMLElement).setPointerCapture(e.pointerId);
    Object.assign(p, { lineWidth: 4, lineCap: 'round', lineJoin: 'round', strokeStyle: '#000' });
    p.beginPath();
    p.moveTo(...at(e));
  };
  const move = (e: PointerEvent) => {
    if (e.buttons === 0) return;
    pen()?.lineTo(...at(e));
    pen()?.stroke();
    setDrawn(true);
  };
  const clear = () => {
    pen()?.clearRect(0, 0, WIDTH, HEIGHT);
    setDrawn(false);
  };
  const keep = async () => {
    const picture = await new Promise<Blob | null>((r) => (canvas.current ? canvas.current.toBlob(r, 'image/png') : r(null)));
    const name = picture && (await keepFile(picture, 'image/png'));
    if (!name) return setFault(w.notSaved);
    change(order.id, { files: [...draftOf(order.id).files, name] });
    close();
  };
  return (
    <Sheet title={w.signatureTool}>
      <canvas ref={canvas} class="paper" width={WIDTH} height={HEIGHT} role="img" aria-label={w.signHere} onPointerDown={down} onPointerMove={move} />
      {fault && <p class="fault" role="alert">{fault}</p>}
      <div class="sheet-foot">
        <button type="button" class="choice" onClick={clear}>{w.clear}</button>
        <button type="button" class="choice strong" disabled={!drawn} onClick={() => void keep()}>{w.keepSignature}</button>
      </div>
    </Sheet>
  );
}
