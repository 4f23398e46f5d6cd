// Where a member begins: what waits for the agency, what waits for its clients, money, and what happened.
import { Skeleton } from '../../components/skeleton.js'
import { LOCALE } from '../../lib/locale.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { get } from '../lib/api.js'
import { useNames } from '../lib/names.js'
import { me } from '../lib/session.js'
import { useTitle } from '../lib/use-title.js'
import { FirstSteps } from './first-steps.js'
import { askForClients, clientIds, FOR_CLIENTS_EVENTS, rowsForClients } from './for-clients.js'
import { askForUs, FOR_US_EVENTS, rowsForUs } from './for-us.js'
import { Income } from './income.js'
import { Latest } from './latest.js'
import { MoneyDue } from './money-due.js'
import { useGathered } from './use-gathered.js'
import { WaitingCard } from './waiting-card.js'

const TODAY = new Intl.DateTimeFormat(LOCALE, { weekday: 'long', day: 'numeric', month: 'long' })
const MONTHS = 12
const LATEST = 8

const askForBeginnings = () => ({
  clients: get('/api/clients', { limit: 1 }),
  projects: get('/api/projects', { limit: 1 }),
  invoices: get('/api/invoices', { limit: 1 }),
})
const askForMoney = () => ({ owed: get('/api/reports/outstanding'), income: get('/api/reports/income', { months: MONTHS }) })
const askForLatest = () => ({ activity: get('/api/activity', { limit: LATEST }) })

export default function HomePage() {
  useTitle(t('app.shell.home'))
  const beginnings = useGathered(askForBeginnings, ['client.created', 'project.created', 'invoice.created'])
  const forUs = useGathered(askForUs, FOR_US_EVENTS)
  const forClients = useGathered(askForClients, FOR_CLIENTS_EVENTS)
  const money = useGathered(askForMoney, ['invoice.', 'payment.', 'credit_note.'])
  const latest = useGathered(askForLatest, ['client.', 'project.', 'task.', 'file.', 'message.', 'update.', 'feedback.', 'contract.', 'quote.', 'invoice.', 'payment.'])
  const nameOf = useNames('clients', clientIds(forClients.value))
  if (beginnings.phase === 'loading') return html`<${Skeleton} />`
  const begun = begunOf(beginnings.value)
  const ours = rowsForUs(forUs.value)
  const empty = !begun.clients && ours.length === 0
  return html`<main id="main" tabindex="-1" class="home">
    <header class="home-hello">
      <h1 dir="auto">${t(empty ? 'app.home.welcome' : 'app.home.hello', { name: html`<bdi>${empty ? me.value.agency.name : me.value.user.name}</bdi>` })}</h1>
      <p class="quiet">${empty ? t('app.home.welcome_text') : TODAY.format(new Date())}</p>
    </header>
    ${(!begun.clients || !begun.projects || !begun.invoices) && html`<${FirstSteps} begun=${begun} />`}
    ${!empty &&
    html`<div class="home-columns">
      <div class="home-column">
        <${WaitingCard} title=${t('app.home.for_us')} nothing=${t('app.home.nothing_for_us')} gathered=${forUs} rows=${ours} />
        <${WaitingCard} title=${t('app.home.for_clients')} nothing=${t('app.home.nothing_for_clients')} gathered=${forClients} rows=${rowsForClients(forClients.value, nameOf)} />
        <${Income} report=${money.value.income} />
      </div>
      <div class="home-column"><${MoneyDue} gathered=${money} /><${Latest} gathered=${latest} /></div>
    </div>`}
  </main>`
}

/** What could not be asked is taken to be there: nobody with clients is to be told to add a first one. */
const begunOf = (value) => Object.fromEntries(['clients', 'projects', 'invoices'].map((name) => [name, value[name]?.length !== 0]))
