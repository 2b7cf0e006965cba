import { useEffect, useRef, useState } from 'preact/hooks';
import { Glyph } from '../parts/Glyph';
import { change, draftOf } from '../state/draft';
import { keepFile } from '../state/press';
import { words } from '../state/preferences';
import { close } from '../state/sheet';
import { Sheet } from './Sheet';

const LEAST_MS = 500;

/** Records only while the button is held: the microphone is off before and after. */
export function VoiceSheet({ order }: { order: { id: string } }) {
  const w = words.value;
  const [recording, setRecording] = useState(false);
  const [fault, setFault] = useState('');
  const held = useRef<{ end: () => void } | null>(null);
  useEffect(() => () => held.current?.end(), []);

  const press = async () => {
    if (held.current) return;
    let over = false;
    let recorder: MediaRecorder | null = null;
    held.current = { end: () => { over = true; recorder?.stop(); held.current = null; } };
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      held.current = null;
      return setFault(words.peek().noMic);
    }

    const off = () => { for (const track of stream.getTracks()) track.stop(); };
    if (over) return off();
    const pieces: Blob[] = [];
    const from = Date.now();
    recorder = new MediaRecorder(stream, { mimeType: 'audio/webm;codecs=opus', audioBitsPerSecond: 24_000 });
    recorder.ondataavailable = (e) => pieces.push(e.data);
    recorder.onstop = async () => {
      off();
      setRecording(false);
      if (Date.now() - from < LEAST_MS) return;
      const name = await keepFile(new Blob(pieces, { type: 'audio/webm' }), 'audio/webm');
      if (!name) return setFault(words.peek().notSaved);
      change(order.id, { files: [...draftOf(order.id).files, name] });
      close();
    };
    recorder.start();
    setRecording(true);
  };
  const release = () => held.current?.end();
  return (
    <Sheet title={w.voice}>
      <p class="hint">{w.voiceHint}</p>
      <button
        type="button" class={`hold${recording ? ' recording' : ''}`} onPointerDown={() => void press()} onPointerUp={release} onPointerLeave={release} onPointerCancel={release}
        onKeyDown={(e) => { if (!e.repeat && (e.key === ' ' || e.key === 'Enter')) void press(); }} onKeyUp={release} onBlur={release} onContextMenu={(e) => e.preventDefault()}
      >
        <Glyph name="mic" size={72} /><span role="status">{recording ? w.recording : w.holdToSpeak}</span>
      </button>
      {fault && <p class="fault" role="alert">{fault}</p>}
    </Sheet>
  );
}
