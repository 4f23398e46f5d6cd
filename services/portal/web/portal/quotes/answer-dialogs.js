import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { NoteDialog } from '../papers/note-dialog.js'
import { AcceptDialog } from './accept-dialog.js'

/** What each answer asks before it is sent. */
export function AnswerDialogs({ portal, quote, paper, chosen, total, answers }) {
  const { asked, close, send } = answers
  const agency = portal.snapshot.agency.name
  const said = (key) => () => toast({ text: t(key, { agency }) })
  const accept = (name, key) =>
    send('accept', { revision: quote.revision, optionalLines: chosen, name }, key, said('portal.quotes.accepted_toast'))
  const changes = (comment, key) => send('request-changes', { comment }, key, said('portal.quotes.changes_toast'))
  const decline = (reason, key) => send('decline', { reason }, key, said('portal.quotes.declined_toast'))
  return html`
    <${AcceptDialog} key="accept" ...${{ portal, quote, paper, chosen, total }} open=${asked === 'accept'} onSend=${accept} onClose=${close} />
    <${NoteDialog} key="changes" title=${t('portal.quotes.changes_title')} label=${t('portal.quotes.changes_label')}
      text=${t('portal.quotes.changes_text', { agency })} action=${t('portal.quotes.changes_send')} required
      draft=${`quote-changes.${quote.id}`} open=${asked === 'changes'} onSend=${changes} onClose=${close} />
    <${NoteDialog} key="decline" title=${t('portal.quotes.decline_title')} label=${t('portal.quotes.decline_label')}
      text=${t('portal.quotes.decline_text', { agency })} action=${t('portal.quotes.decline')} tone="danger"
      draft=${`quote-decline.${quote.id}`} open=${asked === 'decline'} onSend=${decline} onClose=${close} />`
}
