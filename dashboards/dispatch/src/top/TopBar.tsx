import { clock } from '../../../shared/format/time';
import { Icon } from '../../../shared/widgets/Icon';
import { languages } from '../../../shared/words';
import { tags } from '../../../shared/words/dispatch';
import { KeyHelpButton } from '../app/KeyHelp';
import { language, locale, shownTheme, type Theme, theme, words } from '../app/preferences';
import { mapInfo, person, signOut } from '../app/session';
import { beat } from '../feed/city';
import { LiveIndicator } from './LiveIndicator';
import { SearchBox } from './SearchBox';
import { UnsentAlert } from './UnsentAlert';

export function TopBar() {
  const w = words.value;
  const info = mapInfo.value;
  return (
    <header class="top-bar">
      <div class="brand">
        <h1>{w.product}</h1>
        <span>{info?.city ?? info?.title ?? ''}</span>
      </div>
      <SearchBox />
      <div class="top-right">
        <UnsentAlert />
        <LiveIndicator />
        <time class="clock">{clock(locale.value, beat.value, info?.timeZone)}</time>
        <label class="language" title={w.language}>
          <Icon name="language" size={17} />
          <span class="unseen">{w.language}</span>
          <select value={language.value} onChange={(e) => (language.value = e.currentTarget.value)}>
            {tags.map((tag) => <option key={tag} value={tag} lang={tag}>{languages[tag]}</option>)}
          </select>
        </label>
        <KeyHelpButton />
        <ThemeButton />
        <PersonMenu />
      </div>
    </header>
  );
}

const NEXT: Record<Theme, Theme> = { auto: 'light', light: 'dark', dark: 'auto' };

function ThemeButton() {
  const w = words.value;
  const text = { auto: w.themeAuto, light: w.themeLight, dark: w.themeDark }[theme.value];
  const icon = theme.value === 'auto' ? 'system' : shownTheme.value === 'dark' ? 'moon' : 'sun';
  return (
    <button type="button" class="icon-button theme-button" title={text} aria-label={text} onClick={() => (theme.value = NEXT[theme.value])}>
      <Icon name={icon} />
    </button>
  );
}

function PersonMenu() {
  const w = words.value;
  const who = person.value;
  if (!who) return null;
  return (
    <div class="person">
      <span class="avatar" aria-hidden="true">{initials(who.name)}</span>
      <span class="person-text">
        <b>{who.name}</b>
        <span>{who.role}</span>
      </span>
      <button type="button" class="icon-button" title={w.signOut} aria-label={w.signOut} onClick={() => void signOut()}>
        <Icon name="leave" size={17} />
      </button>
    </div>
  );
}

const initials = (name: string) =>
  name.split(/[\s._-]+/).filter(Boolean).slice(0, 2).map((part) => part[0]?.toUpperCase()).join('');
