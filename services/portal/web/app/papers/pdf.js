// A paper as a PDF.
import { saveAs } from '../../lib/save.js'
import { toast } from '../../lib/toasts.js'
import { explain } from '../../lib/words.js'
import { bytes } from '../lib/api.js'

export async function download(path, name, query = {}) {
  try {
    saveAs(await bytes(path, { format: 'pdf', ...query }), `${name}.pdf`)
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal
    toast({ tone: 'danger', text: explain(refusal) })
  }
}
