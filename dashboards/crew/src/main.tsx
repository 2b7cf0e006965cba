import '@fontsource-variable/public-sans/wght.css';
import '../../shared/tokens.css';
import './styles/theme.css';
import './styles/board.css';
import './styles/sheets.css';
import './styles/shift.css';
import { render } from 'preact';
import { App } from './App';
import { ready } from './state/preferences';
import { startTelling } from './state/aloud';
import { startStream } from './state/stream';

void ready.then(() => {
  render(<App />, document.getElementById('page') as HTMLElement);
  startTelling();
  startStream();
});
