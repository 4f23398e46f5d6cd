import { Button } from '../../components/button.js'
import { Combobox } from '../../components/combobox.js'
import { DateField } from '../../components/date-field.js'
import { Dialog } from '../../components/dialog.js'
import { Field } from '../../components/field.js'
import { Select } from '../../components/select.js'
import { amountOf } from '../../lib/amounts.js'
import { goTo } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { html, useId } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'
import { findProjects, projectOption } from '../lib/finding.js'
import { today } from '../projects/due.js'

const DUE_IN_DAYS = 14
const GROUPS = ['entry', 'task', 'day', 'description']
const ROUNDINGS = ['1', '5', '6', '10', '15', '30']

/** Makes an invoice of the billable time of a project that is on none yet; leads to its draft. */
export function InvoiceDialog({ open, ...rest }) {
  return open ? html`<${Form} ...${rest} />` : null
}

function Form({ project, query, onClose }) {
  const id = useId()
  const form = useForm({
    initial: {
      project: project ? projectOption(project) : null, from: query.from ?? '', to: query.to ?? '', groupBy: 'entry', rounding: '', taxRate: '',
      dueDate: today(new Date(Date.now() + DUE_IN_DAYS * 86_400_000)),
    },
    check: ({ project: chosen, from, to, dueDate, taxRate }) => ({
      project: chosen ? '' : t('app.time.project_missing'),
      to: from && to && from > to ? t('app.time.to_before_from') : '',
      dueDate: dueDate ? '' : t('app.time.due_missing'),
      taxRate: taxRate && (amountOf(taxRate) ?? -1) < 0 ? t('app.time.rate_wrong') : '',
    }),
    send: ({ project: chosen, from, to, groupBy, rounding, taxRate, dueDate }, key) =>
      post('/api/invoices/from-time', {
        projectId: chosen.value,
        from: from || null,
        to: to || null,
        groupBy,
        rounding: rounding ? { minutes: Number(rounding) } : null,
        taxRate: taxRate ? amountOf(taxRate) : null,
        dueDate,
      }, key),
    done: (invoice) => goTo(`/app/invoices/${invoice.id}`),
  })
  const actions = html`<${Button} onPress=${onClose}>${t('shared.ui.cancel')}<//>
    <${Button} kind="primary" type="submit" form=${id} busy=${form.busy}>${t('app.time.make_draft')}<//>`
  return html`<${Dialog} open title=${t('app.time.invoice_title')} onClose=${onClose} actions=${actions}>
    <form id=${id} class="fields" ref=${form.form} onSubmit=${form.submit} novalidate>
      <p class="quiet">${t('app.time.invoice_text')}</p>
      ${!project && html`<${Combobox} label=${t('app.time.project')} placeholder=${t('app.time.choose_project')} search=${findProjects}
        ...${form.bind('project')} />`}
      <div class="fields-row">
        <${DateField} label=${t('app.time.from')} optional ...${form.bind('from')} />
        <${DateField} label=${t('app.time.to')} optional ...${form.bind('to')} />
      </div>
      <${Select} label=${t('app.time.group_by')} options=${GROUPS.map((value) => ({ value, label: t(`app.time.groups.${value}`) }))} ...${form.bind('groupBy')} />
      <div class="fields-row">
        <${Select} label=${t('app.time.rounding')} empty=${t('app.time.as_set')}
          options=${ROUNDINGS.map((value) => ({ value, label: t('app.time.rounded_to', { count: Number(value) }) }))} ...${form.bind('rounding')} />
        <${Field} label=${t('app.time.tax')} optional inputmode="decimal" autocomplete="off" ...${form.bind('taxRate')} />
      </div>
      <${DateField} label=${t('app.time.due')} ...${form.bind('dueDate')} />
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    </form>
  <//>`
}
