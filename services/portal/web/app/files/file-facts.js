import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { Switch } from '../../components/switch.js'
import { When } from '../../components/when.js'
import { size } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { patch } from '../lib/api.js'

/** What is known of a file, and whether its client sees it. */
export function FileFacts({ file, onChange }) {
  const show = async (visibleToClient) => {
    onChange({ visibleToClient })
    try {
      onChange(await patch(`/api/files/${file.id}`, { visibleToClient }))
    } catch (refusal) {
      onChange({ visibleToClient: !visibleToClient })
      toast({ tone: 'danger', text: explain(refusal) })
    }
  }
  const items = [
    { term: t('app.files.by'), value: html`<bdi>${file.uploadedBy.name}</bdi>` },
    { term: t('app.files.at'), value: html`<${When} at=${file.updatedAt} />` },
    { term: t('app.files.size'), value: size(file.size) },
    { term: t('app.files.type'), value: file.mimeType },
  ]
  return html`<${Card} title=${t('app.files.facts')}>
    <${Switch} label=${t('app.files.visible')} hint=${t('app.files.visible_hint')} on=${file.visibleToClient} onSwitch=${show} />
    <${DefinitionList} items=${items} />
  <//>`
}
