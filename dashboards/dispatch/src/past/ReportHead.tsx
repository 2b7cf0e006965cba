import type { ComponentChildren } from 'preact';
import { fullMoment } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { locale, words } from '../app/preferences';
import { mapInfo, person } from '../app/session';
import { hubNow } from '../feed/city';

interface ReportHeadProps {
  title: string;
  hint?: string;
  /** Choices of the report. */
  children?: ComponentChildren;
  onCsv?: () => void;
}

/** Title, choices, and the ways out: a file for a spreadsheet, and paper. */
export function ReportHead({ title, hint, children, onCsv }: ReportHeadProps) {
  const w = words.value;
  return (
    <>
      <div class="print-head">
        <b>{mapInfo.value?.city ?? mapInfo.value?.title ?? w.product}</b>
        <span>{w.printed(fullMoment(locale.value, hubNow(), mapInfo.value?.timeZone), person.value?.name ?? '')}</span>
      </div>
      <header class="page-head">
        <h2>{title}</h2>
        <div class="page-steps">
          {children}
          {onCsv && <button type="button" class="secondary small" onClick={onCsv}><Icon name="download" size={15} /> CSV</button>}
          <button type="button" class="secondary small" onClick={printPage}><Icon name="print" size={15} /> {w.print}</button>
        </div>
        {hint && <p class="hint">{hint}</p>}
      </header>
    </>
  );
}

function printPage() {
  document.body.classList.add('prints-page');
  addEventListener('afterprint', () => document.body.classList.remove('prints-page'), { once: true });
  print();
}
