import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** What can be done with the files that are ticked. */
export function Selection({ files, onShow, onDelete, onClear }) {
  if (files.length === 0) return html`<p class="visually-hidden" role="status"></p>`
  const free = files.filter(({ status }) => status !== 'signed')
  return html`<div class="selection" role="group" aria-label=${t('app.files.chosen_label')}>
    <p role="status">${t('app.files.chosen', { count: files.length })}</p>
    <${Button} icon="eye" onPress=${() => onShow(files, true)}>${t('app.files.show')}<//>
    <${Button} icon="eye-off" onPress=${() => onShow(files, false)}>${t('app.files.hide')}<//>
    ${free.length > 0 && html`<${Button} icon="trash-2" onPress=${() => onDelete(free)}>${t('app.files.delete')}<//>`}
    <${Button} kind="plain" onPress=${onClear}>${t('app.files.clear_choice')}<//>
  </div>`
}
