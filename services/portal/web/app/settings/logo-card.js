import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { DropZone } from '../../components/drop-zone.js'
import { newKey } from '../../lib/api.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { remove, upload } from '../lib/api.js'
import { useAct } from '../papers/use-act.js'

const PATH = '/api/v1/client-portal/config/logo'

/** The picture under a path, to be sent again; null where it does not come. */
async function fetched(path) {
  try {
    const answer = await fetch(`/${path}`)
    const picture = await answer.blob()
    return answer.ok ? new File([picture], 'logo', { type: picture.type }) : null
  } catch {
    return null
  }
}

/** The logo that stands in portal, mails and papers. */
export function LogoCard({ logo, onChanged }) {
  const [busy, setBusy] = useState(false)
  const act = useAct()
  const send = async ([file]) => {
    if (!file || busy) return
    setBusy(true)
    try {
      const { data } = await upload(PATH, { file }, { key: newKey() }).done
      onChanged(data)
      toast({ text: t('app.settings.saved') })
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      toast({ tone: 'danger', text: explain(refusal) })
    } finally {
      setBusy(false)
    }
  }
  const drop = async () => {
    const kept = await fetched(logo)
    const left = await act('logo', () => remove(PATH))
    if (!left) return
    onChanged(left.data)
    toast({ text: t('app.settings.logo_gone'), undo: kept && (() => send([kept])) })
  }
  return html`<${Card} title=${t('app.settings.logo')} lead=${t('app.settings.logo_lead')}>
    <div class="fields" aria-busy=${busy}>
      ${logo && html`<div class="settings-logo"><img src=${`/${logo}`} alt=${t('app.settings.logo')} /><${Button} icon="trash-2" onPress=${drop}>${t('app.settings.remove_logo')}<//></div>`}
      <${DropZone} label=${t('app.settings.upload_logo')} accept="image/png,image/jpeg,image/webp,image/gif" onFiles=${send} />
    </div>
  <//>`
}
