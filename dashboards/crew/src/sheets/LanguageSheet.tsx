import { languages } from '../../../shared/words';
import { tags } from '../../../shared/words/crew';
import { language, words } from '../state/preferences';
import { close } from '../state/sheet';
import { Sheet } from './Sheet';

export function LanguageSheet() {
  return (
    <Sheet title={words.value.language}>
      <div class="tiles">
        {tags.map((tag) => (
          <button key={tag} type="button" class="choice" lang={tag} aria-pressed={language.value === tag} onClick={() => { language.value = tag; close(); }}>{languages[tag] ?? tag}</button>
        ))}
      </div>
    </Sheet>
  );
}
