import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { megabytes } from '../../../shared/format/measure';
import { Icon } from '../../../shared/widgets/Icon';
import { ask } from '../app/api';
import { locale, words } from '../app/preferences';
import { unitById } from '../feed/city';
import type { Attachment, OrderDetail, OrderSummary } from '../feed/shapes';

// A photo may come minutes after its completion.
const AGAIN_MS = 15_000;

/** Photos, voice notes and signatures of an order, also those that are still on a vehicle. */
export function OrderFiles({ order }: { order: OrderSummary }) {
  const files = useSignal<Attachment[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    let timer = 0;
    const look = () => {
      ask<OrderDetail>(`/api/work-orders/${encodeURIComponent(order.id)}`, { signal: stop.signal })
        .then((detail) => {
          files.value = detail.attachments ?? [];
          if (files.value.some((f) => f.state === 'on-its-way')) timer = window.setTimeout(look, AGAIN_MS);
        })
        // What could not be asked is asked again with the next change of the order.
        .catch(() => undefined);
    };
    look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [order.id, order.updatedAt]);
  if (files.value.length === 0) return null;
  return (
    <ul class="order-files">
      {files.value.map((f) => <li key={`${f.action}${f.sha256}`}><OrderFile file={f} /></li>)}
    </ul>
  );
}

export function OrderFile({ file }: { file: Attachment }) {
  const w = words.value;
  const unit = unitById.value.get(file.vehicle)?.name ?? file.vehicle;
  const image = file.type.startsWith('image/');
  if (file.state === 'refused') return <p class="file-note late"><Icon name="warning" size={16} /> <span>{w.fileRefused(file.reason ?? '')}</span></p>;
  if (file.state === 'on-its-way') {
    const share = `${megabytes(locale.value, file.received)} / ${megabytes(locale.value, file.bytes)} MB`;
    return (
      <p class="file-note">
        <Icon name={image ? 'picture' : 'voice'} size={16} />
        <span>{image ? w.photoOnItsWay(unit, share) : w.voiceOnItsWay(unit, share)}</span>
        <progress max={file.bytes} value={file.received} aria-label={share} />
      </p>
    );
  }
  if (image) return <Photo address={`/api/attachments/${file.sha256}`} unit={unit} />;
  // biome-ignore lint/a11y/useMediaCaption: nobody has written down what a crew just said.
  return <audio controls preload="none" src={`/api/attachments/${file.sha256}`} aria-label={w.voiceOf(unit)} />;
}

/** Small in the card; pressed, as large as the window lets it. */
function Photo({ address, unit }: { address: string; unit: string }) {
  const w = words.value;
  const large = useRef<HTMLDialogElement>(null);
  const open = useSignal(false);
  return (
    <>
      <button
        type="button" class="photo" aria-label={w.openPhoto(unit)}
        onClick={() => {
          open.value = true;
          large.current?.showModal();
        }}
      >
        <img src={address} alt={w.photoOf(unit)} loading="lazy" />
      </button>
      <dialog ref={large} class="photo-large" aria-label={w.photoOf(unit)} onClose={() => (open.value = false)}>
        {open.value && <img src={address} alt={w.photoOf(unit)} />}
        <div class="photo-foot">
          <span>{w.photoOf(unit)}</span>
          <a class="secondary" href={address} download>{w.savePhoto}</a>
          <button type="button" class="primary" aria-label={w.closePhoto} onClick={() => large.current?.close()}>
            <Icon name="cross" size={17} />
          </button>
        </div>
      </dialog>
    </>
  );
}
