import { Avatar } from '../../components/avatar.js'
import { Badge } from '../../components/badge.js'
import { Card } from '../../components/card.js'
import { ChartBars } from '../../components/chart-bars.js'
import { DefinitionList } from '../../components/definition-list.js'
import { EmptyState } from '../../components/empty-state.js'
import { Icon } from '../../components/icon.js'
import { Kbd } from '../../components/kbd.js'
import { LoadMore } from '../../components/load-more.js'
import { MarkdownText } from '../../components/markdown-text.js'
import { Menu } from '../../components/menu.js'
import { Money } from '../../components/money.js'
import { Progress } from '../../components/progress.js'
import { Table } from '../../components/table.js'
import { Tabs } from '../../components/tabs.js'
import { Timeline } from '../../components/timeline.js'
import { When } from '../../components/when.js'
import { money } from '../../lib/format.js'
import { html, useState } from '../../lib/ui.js'
import { Part } from './part.js'
import { ARABIC, EVENTS, INCOME, INVOICES, LONG, MARKDOWN, MONTHS } from './samples.js'

const TONES = ['neutral', 'success', 'warning', 'danger', 'info']
const ICONS = 'house users folder inbox file-text signature receipt clock user-plus settings search bell calendar'.split(' ')
const wait = () => new Promise((resolve) => setTimeout(resolve, 1000))

export function Shown() {
  return html`<${Small} /><${Lists} /><${Facts} /><${Parts} /><${Charts} /><${Prose} />`
}

function Small() {
  return html`<${Part} name="Badge, Avatar, Icon, Kbd, Money, When, Progress">
    <div class="actions">${TONES.map((tone) => html`<${Badge} key=${tone} tone=${tone}>${tone}<//>`)}</div>
    <div class="actions">
      <${Avatar} name="Ada Lovelace" size="small" /><${Avatar} name="Grace Hopper" /><${Avatar} name=${ARABIC} size="large" />
      ${ICONS.map((name) => html`<${Icon} key=${name} name=${name} />`)}
      <${Kbd} keys="Mod K" />
    </div>
    <p><${Money} amount=${1499.5} currency="EUR" /> · <${When} on="2026-03-01" /> · <${When} at=${EVENTS[1].at} relative /></p>
    <${Progress} label="Website relaunch" value=${62} />
  <//>`
}

function Lists() {
  const [chosen, setChosen] = useState(new Set(['b']))
  const [sort, setSort] = useState({ key: 'due', direction: 'asc' })
  const columns = [
    { key: 'number', head: 'Invoice', primary: true },
    { key: 'client', head: 'Client', cell: ({ client }) => html`<bdi>${client}</bdi>` },
    { key: 'state', head: 'State', cell: ({ state, tone }) => html`<${Badge} tone=${tone}>${state}<//>` },
    { key: 'on', head: 'Due', sort: 'due', cell: ({ on }) => html`<${When} on=${on} />` },
    { key: 'amount', head: 'Amount', align: 'end', cell: ({ amount }) => html`<${Money} amount=${amount} currency="EUR" />` },
    { key: 'more', head: 'Actions', bare: true, cell: () => html`<${Menu} items=${[{ label: 'Send', icon: 'send' }, { label: 'Void', icon: 'circle-x', tone: 'danger' }]} />` },
  ]
  return html`<${Part} name="Table, LoadMore" wide>
    <${Table} caption="Invoices" ...${{ columns, chosen, sort }} rows=${INVOICES} href=${() => '/app/components'}
      nameOf=${({ number }) => number} onChosen=${setChosen} onSort=${setSort} />
    <${LoadMore} more onMore=${wait} count=${4} />
    <${Table} caption="Nothing" columns=${columns} rows=${[]} empty=${html`<${EmptyState} icon="receipt" title="No invoices yet"
      text="Once you send one, it stands here." />`} />
  <//>`
}

function Facts() {
  const facts = [
    { term: 'Client', value: html`<bdi>${ARABIC}</bdi>` },
    { term: 'Address', value: LONG },
    { term: 'Due on', value: html`<${When} on="2026-03-01" />` },
    { term: 'Never shown', value: '' },
  ]
  return html`<${Part} name="Card, DefinitionList, Timeline">
    <${Card} title="Portal link" lead="Whoever has it sees the portal." level=${3} actions=${html`<${Menu} items=${[{ label: 'Revoke' }]} />`}>
      <${DefinitionList} items=${facts} />
    <//>
    <${DefinitionList} items=${facts.slice(0, 3)} kind="tiles" />
    <${Timeline} items=${EVENTS} label="What happened" />
  <//>`
}

function Parts() {
  const [part, setPart] = useState('files')
  const tabs = [
    { key: 'overview', name: 'Overview' },
    { key: 'files', name: 'Files', count: 12 },
    { key: 'messages', name: 'Messages', count: 3 },
  ]
  return html`<${Part} name="Tabs">
    <${Tabs} label="Parts" tabs=${tabs} value=${part} onChoose=${setPart}><p>The part “${part}” is on show.</p><//>
    <${Tabs} label="Ways" tabs=${tabs.map((tab) => ({ ...tab, to: `#/${tab.key}` }))} value="overview" />
  <//>`
}

function Charts() {
  return html`<${Part} name="ChartBars" wide>
    <${ChartBars} title="Income by month" first="Month" labels=${MONTHS} series=${INCOME} format=${(value) => money(value, 'EUR').replace(/[.,]00(?=\D|$)/, '')} />
  <//>`
}

function Prose() {
  return html`<${Part} name="MarkdownText" wide><${MarkdownText} text=${MARKDOWN} /><//>`
}
