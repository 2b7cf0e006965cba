import { useEffect, useRef, useState } from 'preact/hooks';
import { Glyph } from '../parts/Glyph';
import { change, draftOf } from '../state/draft';
import { keepFile } from '../state/press';
import { words } from '../state/preferences';
import { close } from '../state/sheet';
import { Sheet } from './Sheet';

const MOST_FILES = 8;
const QUALITY = 0.82;

/** A picture by the camera of this panel. It is on the vehicle when it says so, and leaves with the next step. */
export function PhotoSheet({ order }: { order: { id: string } }) {
  const w = words.value;
  const video = useRef<HTMLVideoElement>(null);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  // The panel's own and the vehicle's: a button goes round.
  const [cameras, setCameras] = useState<string[]>([]);
  const [which, setWhich] = useState<string | null>(null);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let gone = false;
    navigator.mediaDevices?.getUserMedia({ video: { width: { ideal: 1280 }, height: { ideal: 720 }, ...(which ? { deviceId: { exact: which } } : { facingMode: 'environment' }) } }).then((s) => {
      if (gone) return stop(s);
      stream = s;
      setFault('');
      if (video.current) video.current.srcObject = s;
      // Names are told only to a page that may look.
      navigator.mediaDevices.enumerateDevices().then((all) => setCameras(all.filter((d) => d.kind === 'videoinput').map((d) => d.deviceId)), () => undefined);
    }, () => setFault(words.peek().noCamera)) ?? setFault(words.peek().noCamera);
    return () => {
      gone = true;
      if (stream) stop(stream);
    };
  }, [which]);

  const turn = () => {
    const now = (video.current?.srcObject as MediaStream | null)?.getVideoTracks()[0]?.getSettings().deviceId ?? which;
    setWhich(cameras[(cameras.indexOf(now ?? '') + 1) % cameras.length] ?? null);
  };
  const shoot = async () => {
    const from = video.current;
    if (!from?.videoWidth) return;
    setBusy(true);
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [from.videoWidth, from.videoHeight];
    canvas.getContext('2d')?.drawImage(from, 0, 0);
    const picture = await new Promise<Blob | null>((r) => canvas.toBlob(r, 'image/jpeg', QUALITY));
    const name = picture && (await keepFile(picture, 'image/jpeg'));
    setBusy(false);
    if (!name) return setFault(w.notSaved);
    change(order.id, { files: [...new Set([...draftOf(order.id).files, name])] });
    close();
  };

  const full = draftOf(order.id).files.length >= MOST_FILES;
  return (
    <Sheet title={w.photo}>
      <div class="camera">
        <video ref={video} autoPlay muted playsInline aria-label={w.camera} />
        {fault && <p class="fault" role="alert">{fault}</p>}
        {cameras.length > 1 && <button type="button" class="choice turn" onClick={turn}><Glyph name="camera" size={34} />{w.otherCamera}</button>}
        <button type="button" class="shutter" aria-label={w.takePhoto} disabled={busy || full} onClick={() => void shoot()}><Glyph name="camera" size={64} /></button>
      </div>
    </Sheet>
  );
}

const stop = (stream: MediaStream) => {
  for (const track of stream.getTracks()) track.stop();
};
