import { Dialog } from '../../components/dialog.js'
import { RadioGroup } from '../../components/radio-group.js'
import { chooseLanguage, chooseTheme, chosenTheme, LANGUAGES, THEMES } from '../../lib/preferences.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'

/** Light or dark, and the language; kept in this browser, for it is about this screen and whoever sits at it. */
export function Appearance({ open, onClose }) {
  const [theme, setTheme] = useState(chosenTheme)
  const choose = (name) => {
    setTheme(name)
    chooseTheme(name)
  }
  return html`<${Dialog} title=${t('app.shell.appearance')} open=${open} onClose=${onClose} size="small">
    <div class="fields">
      <${RadioGroup} label=${t('app.shell.theme')} value=${theme} onChoose=${choose}
        options=${THEMES.map((value) => ({ value, label: t(`app.shell.themes.${value}`) }))} />
      <${RadioGroup} label=${t('app.shell.language')} hint=${t('app.shell.language_hint')} value=${document.documentElement.lang} onChoose=${chooseLanguage}
        options=${LANGUAGES.map(({ code, name }) => ({ value: code, label: html`<span lang=${code}>${name}</span>` }))} />
    </div>
  <//>`
}
