import { chosen } from '../state/choice';
import { sheet } from '../state/sheet';
import type { ConsoleState } from '../state/shapes';
import { LanguageSheet } from './LanguageSheet';
import { MaterialSheet } from './MaterialSheet';
import { NotDoneSheet } from './NotDoneSheet';
import { NoteSheet } from './NoteSheet';
import { PhotoSheet } from './PhotoSheet';
import { ReportSheet } from './ReportSheet';
import { ShiftSheet } from './ShiftSheet';
import { SignatureSheet } from './SignatureSheet';
import { StopsSheet } from './StopsSheet';
import { TodaySheet } from './TodaySheet';
import { VoiceSheet } from './VoiceSheet';

export function SheetHost({ state }: { state: ConsoleState }) {
  const order = chosen.value;
  switch (sheet.value) {
    case 'language': return <LanguageSheet />;
    case 'shift': return <ShiftSheet state={state} />;
    case 'today': return <TodaySheet state={state} />;
    case 'report': return <ReportSheet state={state} />;
    case null: return null;
  }
  if (!order) return null;
  switch (sheet.value) {
    case 'note': return <NoteSheet order={order} />;
    case 'photo': return <PhotoSheet order={order} />;
    case 'voice': return <VoiceSheet order={order} />;
    case 'signature': return <SignatureSheet order={order} />;
    case 'material': return <MaterialSheet order={order} state={state} />;
    case 'notDone': return <NotDoneSheet order={order} state={state} />;
    case 'stops': return <StopsSheet order={order} state={state} />;
    default: return null;
  }
}
