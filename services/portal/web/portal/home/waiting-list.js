import { day, money } from '../../lib/format.js'
import { html } from '../../lib/ui.js'
import { Link } from '../../components/link.js'

/** "Waiting for you": every open decision, each leading to the page where it is taken. */
export function WaitingList({ waiting }) {
  const { files, invoices } = waiting
  if (files.length + invoices.length === 0) {
    return html`<p class="all-clear">Nothing waits for you. We will write when something does.</p>`
  }
  return html`<ul class="waiting">
    ${files.map(
      (file) => html`<li key=${file.id}>
        <${Link} to=${`#/projects/${file.projectId}`}>
          <span class="waiting-what">Review ${file.name}</span>
          <span class="quiet">Version ${file.version}</span>
        <//>
      </li>`,
    )}
    ${invoices.map(
      (invoice) => html`<li key=${invoice.id}>
        <${Link} to=${`#/invoices/${invoice.id}`}>
          <span class="waiting-what">Pay ${invoice.number}, ${money(invoice.amountDue, invoice.currency)}</span>
          <span class="quiet">${invoice.overdue ? 'Was due' : 'Due'} ${day(invoice.dueDate)}</span>
        <//>
      </li>`,
    )}
  </ul>`
}
