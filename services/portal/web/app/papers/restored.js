import { Button } from '../../components/button.js'
import { NoticeBox } from '../../components/notice.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** That an editor shows what was typed on an earlier visit and is not saved, and the way back to what is. */
export function Restored({ isStale, onDiscard }) {
  const text = t(isStale ? 'app.papers.restored_stale' : 'app.papers.restored')
  // The button goes with its notice, and the focus would go with it.
  const discard = () => {
    document.getElementById('main').focus()
    onDiscard()
  }
  const actions = html`<${Button} kind="plain" onPress=${discard}>${t('app.papers.discard')}<//>`
  return html`<${NoticeBox} tone=${isStale ? 'warning' : 'info'} actions=${actions}>${text}<//>`
}
