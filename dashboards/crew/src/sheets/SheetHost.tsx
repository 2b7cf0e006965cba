import { chosen } from '../state/choice';
import { adding, sheet } from '../state/sheet';
import type { ConsoleState } from '../state/shapes';
import { AddSheet } from './AddSheet';
import { HazardsSheet } from './HazardsSheet';
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
    case 'hazards': return <HazardsSheet state={state} />;
    case 'report': return <ReportSheet state={state} />;
    case null: return null;
  }
  // Something is added to a job that is done, which the list may not have any more.
  const about = adding.value ?? order;
  if (!about) return null;
  switch (sheet.value) {
    case 'add': return adding.value && <AddSheet to={adding.value} state={state} />;
    case 'note': return <NoteSheet order={about} />;
    case 'photo': return <PhotoSheet order={about} />;
    case 'voice': return <VoiceSheet order={about} />;
  }
  if (!order) return null;
  switch (sheet.value) {
    case 'signature': return <SignatureSheet order={order} />;
    case 'material': return <MaterialSheet order={order} state={state} />;
    case 'notDone': return <NotDoneSheet order={order} state={state} />;
    case 'stops': return <StopsSheet order={order} state={state} />;
    default: return null;
  }
}
