import { Button } from '../../components/button.js'
import { NoticeBox } from '../../components/notice.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** That an editor shows what was typed on an earlier visit and is not saved, and the way back to what is. */
export function Restored({ isStale, onDiscard }) {
  const text = t(isStale ? 'app.papers.restored_stale' : 'app.papers.restored')
  const actions = html`<${Button} kind="plain" onPress=${onDiscard}>${t('app.papers.discard')}<//>`
  return html`<${NoticeBox} tone=${isStale ? 'warning' : 'info'} actions=${actions}>${text}<//>`
}
