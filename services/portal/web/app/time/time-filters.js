import { Chips } from '../../components/chips.js'
import { Combobox } from '../../components/combobox.js'
import { DateField } from '../../components/date-field.js'
import { Select } from '../../components/select.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { findProjects, projectOption } from '../lib/finding.js'
import { useMembers, useNames } from '../lib/names.js'
import { nameOfPeriod, periodOf, PERIODS } from './periods.js'

const BILLED = ['billable', 'unbilled', 'billed', 'free']

/** What the entries are narrowed by; all of it stands in the address. */
export function TimeFilters({ query, change, fixed }) {
  const members = useMembers()
  const projectOf = useNames('projects', [query.project])
  const [own, setOwn] = useState(false)
  const name = own ? 'custom' : nameOfPeriod(query)
  const choose = (wanted) => {
    setOwn(wanted === 'custom')
    if (wanted !== 'custom') change(periodOf(wanted))
  }
  const chosen = query.project && (projectOf(query.project) ? projectOption(projectOf(query.project)) : { value: query.project, label: '…' })
  return html`<div class="work-filters">
    <${Chips} label=${t('app.time.period')} options=${PERIODS.map((value) => ({ value, label: t(`app.time.periods.${value}`) }))} value=${name} onChoose=${choose} />
    <div class="time-finders">
      ${name === 'custom' && html`<${DateField} bare label=${t('app.time.from')} value=${query.from} onType=${(from) => change({ from })} />
        <${DateField} bare label=${t('app.time.to')} value=${query.to} onType=${(to) => change({ to })} />`}
      ${!fixed && html`<${Combobox} bare label=${t('app.time.project')} placeholder=${t('app.time.any_project')} value=${chosen || null} search=${findProjects}
        onChoose=${(one) => change({ project: one?.value ?? '' })} />`}
      <${Select} bare label=${t('app.time.member')} empty=${t('app.time.any_member')} value=${query.member ?? ''}
        options=${members.map(({ id, name: label }) => ({ value: id, label }))} onChoose=${(member) => change({ member })} />
      <${Select} bare label=${t('app.time.billed')} empty=${t('app.time.any_billed')} value=${query.billed ?? ''}
        options=${BILLED.map((value) => ({ value, label: t(`app.time.billed_as.${value}`) }))} onChoose=${(billed) => change({ billed })} />
    </div>
  </div>`
}

/** The same as the API asks for it. */
export function wantedOf({ project, member, billed, from, to }) {
  const money = {
    billable: { billable: true },
    unbilled: { billable: true, invoiced: false },
    billed: { invoiced: true },
    free: { billable: false },
  }[billed]
  return { projectId: project, memberId: member, from, to, ...money }
}
