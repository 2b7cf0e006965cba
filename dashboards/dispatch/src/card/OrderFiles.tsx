import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { megabytes } from '../../../shared/format/measure';
import { Icon } from '../../../shared/widgets/Icon';
import { ask } from '../app/api';
import { locale, words } from '../app/preferences';
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
      {files.value.map((f) => <li key={`${f.action}${f.sha256}`}><File file={f} /></li>)}
    </ul>
  );
}

function File({ file }: { file: Attachment }) {
  const w = words.value;
  const address = `/api/attachments/${file.sha256}`;
  const image = file.type.startsWith('image/');
  if (file.state === 'refused') return <p class="hint"><Icon name="warning" size={15} /> {w.fileRefused(file.reason ?? '')}</p>;
  if (file.state === 'on-its-way') {
    const share = `${megabytes(locale.value, file.received)} / ${megabytes(locale.value, file.bytes)} MB`;
    return <p class="hint">{image ? w.photoOnItsWay(file.vehicle, share) : w.voiceOnItsWay(file.vehicle, share)}</p>;
  }
  if (image) return <a href={address} download><img src={address} alt={w.photoOf(file.vehicle)} loading="lazy" /></a>;
  // biome-ignore lint/a11y/useMediaCaption: nobody has written down what a crew just said.
  return <audio controls preload="none" src={address} aria-label={w.voiceOf(file.vehicle)} />;
}
