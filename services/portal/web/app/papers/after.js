// Where an editor leads once its paper is saved.
import { replaceAddress } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { explain } from '../../lib/words.js'
import { post } from '../lib/api.js'

/** The paper's page takes the editor's place: going back leads to where one came from. */
export function afterSave(page, text = t('app.papers.saved')) {
  toast({ text })
  replaceAddress(page)
}

/** Sends what was just saved. Where that is refused, it is safe: a draft on its page, where it says why. */
export async function afterSend({ saved, path, page, sendEmail }) {
  try {
    await post(`${path}/${saved.id}/send`, { sendEmail })
    toast({ text: t('app.papers.sent') })
  } catch (refusal) {
    toast({ tone: 'danger', text: t('app.papers.saved_not_sent', { why: explain(refusal) }) })
  }
  replaceAddress(`${page}/${saved.id}`)
}
