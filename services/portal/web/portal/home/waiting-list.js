import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { Link } from '../../components/link.js'
import { day, money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { countOf } from './waiting.js'

const SECTIONS = { files: 'files', quotes: 'quotes', contracts: 'contracts', invoices: 'invoices', messages: 'threads' }

// Of no kind so many that the others are out of sight.
const OF_A_KIND = 5

/** "Waiting for you": every open decision, each leading to the page where it is taken. */
export function WaitingList({ portal }) {
  const { snapshot, waiting } = portal
  const [whole, setWhole] = useState(false)
  const projects = new Map(snapshot.projects.map((project) => [project.id, project.name]))
  if (countOf(waiting) === 0) {
    const unknown = Object.values(SECTIONS).some((section) => snapshot.unavailable.includes(section))
    return html`<p class="card all-clear">
      <${Icon} name=${unknown ? 'info' : 'circle-check'} />${t(unknown ? 'portal.home.unknown' : 'portal.home.all_clear')}
    </p>`
  }
  const about = (row) => (row.projectId && projects.has(row.projectId) ? html`<bdi>${projects.get(row.projectId)}</bdi>` : '')
  const contracts = waiting.contracts.map((one) => ({ to: `#/contracts/${one.id}`, icon: 'signature',
    what: t('portal.home.sign_contract', { name: html`<bdi>${one.title}</bdi>` }), about: about(one) }))
  const quotes = waiting.quotes.map((one) => ({ to: `#/quotes/${one.id}`, icon: 'file-text',
    what: t('portal.home.answer_quote', { name: html`<bdi>${one.title || one.number}</bdi>` }),
    about: one.expiresOn && t('portal.home.valid_until', { date: day(one.expiresOn) }),
    amount: money(one.amount, one.currency) }))
  const files = waiting.files.map((one) => ({ to: `#/files/${one.id}`, icon: 'file-check',
    what: t('portal.home.review_file', { name: html`<bdi>${one.name}</bdi>` }), about: about(one) }))
  const invoices = waiting.invoices.map((one) => ({ to: `#/invoices/${one.id}`, icon: 'credit-card', late: one.overdue,
    what: t('portal.home.pay_invoice', { number: html`<span class="unbroken">${one.number}</span>` }),
    about: t(one.overdue ? 'portal.home.was_due' : 'portal.home.due', { date: day(one.dueDate) }),
    amount: money(one.amountDue, one.currency) }))
  const messages = waiting.messages.map((one) => ({ to: `#/messages/${one.id}`, icon: 'message-square',
    what: t('portal.home.read_message', { who: html`<bdi>${one.messages.at(-1).author.name}</bdi>` }),
    about: html`<bdi>${one.messages.at(-1).content}</bdi>` }))
  // What is late leads.
  const kinds = [invoices.filter(({ late }) => late), contracts, quotes, files, invoices.filter(({ late }) => !late), messages]
  const first = kinds.flatMap((rows) => rows.slice(0, OF_A_KIND))
  const all = kinds.flat()
  return html`<ul class="list-card waiting">${(whole ? all : first).map((row) => html`<${Row} key=${row.to} ...${row} />`)}</ul>
    ${all.length > first.length && html`<p class="home-rest">
      <${Button} kind="plain" aria-expanded=${whole} onPress=${() => setWhole(!whole)}>${t(whole ? 'portal.home.show_fewer' : 'portal.home.show_all', { count: all.length })}<//>
    </p>`}`
}

function Row({ to, icon, what, about, amount, late = false }) {
  return html`<li>
    <${Link} to=${to} class="list-row">
      <span class=${late ? 'list-icon list-icon-late' : 'list-icon'}><${Icon} name=${icon} /></span>
      <span class="list-main">
        <span class="list-what">${what}</span>
        ${about && html`<span class=${late ? 'list-about late' : 'list-about'}>${about}</span>`}
      </span>
      ${amount && html`<span class="amount list-amount">${amount}</span>`}
      <${Icon} name="chevron-right" />
    <//>
  </li>`
}
