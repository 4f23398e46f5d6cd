import { Avatar } from '../../components/avatar.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { DefinitionList } from '../../components/definition-list.js'
import { newKey } from '../../lib/api.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useId, useRef, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { usePicture } from './use-picture.js'

const MOST_BYTES = 10 * 1024 * 1024

/** Name, address and picture; the first two are the agency's to change. */
export function Picture({ portal, profile, save, upload }) {
  const { client, agency } = portal.snapshot
  const id = useId()
  const input = useRef(null)
  const [complaint, setComplaint] = useState('')
  const [busy, setBusy] = useState(false)
  const picture = usePicture(portal, profile.avatar.thumbnailBlobId || profile.avatar.blobId)
  const change = async (action, thanks) => {
    setBusy(true)
    setComplaint('')
    try {
      await action()
      toast({ text: thanks })
    } catch (refusal) {
      if (refusal.status === undefined) throw refusal
      setComplaint([400, 413, 415].includes(refusal.status) ? t('portal.profile.bad_picture') : explain(refusal))
    }
    setBusy(false)
  }
  const choose = async () => {
    const [file] = input.current.files
    input.current.value = ''
    if (!file) return
    if (file.size > MOST_BYTES) return setComplaint(t('portal.profile.large_picture'))
    await change(() => upload(file, newKey()), t('portal.profile.picture_saved'))
  }
  const items = [
    { term: t('portal.profile.name'), value: html`<bdi>${client.name}</bdi>` },
    { term: t('portal.profile.company'), value: client.company && client.company !== client.name && html`<bdi>${client.company}</bdi>` },
    { term: t('portal.profile.email'), value: client.email && html`<bdi>${client.email}</bdi>` },
  ]
  return html`<${Card} title=${t('portal.profile.you')}>
    <div class="profile-you">
      <div class="profile-picture">
        <${Avatar} key=${picture} name=${client.name} src=${picture} size="huge" />
        <input class="visually-hidden" type="file" id=${id} ref=${input} accept="image/png,image/jpeg,image/webp" tabindex="-1" aria-label=${t('portal.profile.picture')} onChange=${choose} />
        <div class="profile-picture-ways">
          <${Button} icon="image" busy=${busy} onPress=${() => input.current.click()}>${t('portal.profile.choose_picture')}<//>
          ${profile.avatar.blobId &&
          html`<${Button} kind="plain" onPress=${() => change(() => save({ avatar: null }, newKey()), t('portal.profile.picture_removed'))}>${t('portal.profile.remove_picture')}<//>`}
        </div>
        <p class="complaint" role="alert">${complaint}</p>
      </div>
      <div>
        <${DefinitionList} items=${items.filter(({ value }) => value)} />
        <p class="quiet">${t('portal.profile.ask_agency', { agency: html`<bdi>${agency.name}</bdi>` })}</p>
      </div>
    </div>
  <//>`
}
