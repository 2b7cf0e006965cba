import '@fontsource-variable/public-sans/wght.css';
import '../../shared/tokens.css';
import './styles/theme.css';
import './styles/board.css';
import './styles/sheets.css';
import './styles/shift.css';
import './styles/narrow.css';
import { render } from 'preact';
import { keepFocus } from '../../shared/widgets/keep-focus';
import { App } from './App';
import { ready } from './state/preferences';
import { startTelling } from './state/aloud';
import { startStream } from './state/stream';

void ready.then(() => {
  const page = document.getElementById('page') as HTMLElement;
  keepFocus(page, { parts: '.header, .left, .right, .app', home: 'main' });
  render(<App />, page);
  startTelling();
  startStream();
});
