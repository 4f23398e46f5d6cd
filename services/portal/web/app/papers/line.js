import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Field } from '../../components/field.js'
import { Menu } from '../../components/menu.js'
import { TextArea } from '../../components/text-area.js'
import { money } from '../../lib/format.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { ShareField } from './share-field.js'

const number = { inputmode: 'decimal', autocomplete: 'off', dir: 'ltr', maxlength: 20 }

/** One line of a paper in its editor; `canBeOptional` where the client may leave it out. */
export function Line({ line, at, of, currency, amount, complaints, canBeOptional, onChange, lines }) {
  const hasDiscount = line.discount.value !== ''
  const [open, setOpen] = useState(false)
  const about = (name) => complaints[`lines.${at}.${name}`] ?? ''
  const field = (name) => ({ value: line[name], onType: (value) => onChange({ [name]: value }), complaint: about(name), 'data-cell': name })
  const items = [
    { label: t('app.papers.line_more'), icon: 'percent', onPress: () => setOpen(true) },
    canBeOptional && { label: t(line.optional ? 'app.papers.make_fixed' : 'app.papers.make_optional'), icon: 'list-checks', onPress: () => onChange({ optional: !line.optional }) },
    { label: t('app.papers.duplicate'), icon: 'copy', onPress: () => lines.copy(at) },
    at > 0 && { label: t('app.papers.move_up'), icon: 'arrow-up', onPress: () => lines.move(at, -1) },
    at < of - 1 && { label: t('app.papers.move_down'), icon: 'arrow-down', onPress: () => lines.move(at, 1) },
    { label: t('app.papers.remove'), icon: 'trash-2', tone: 'danger', onPress: () => lines.remove(at) },
  ]
  return html`<li class="line" data-line=${at}>
    <div class="line-cells" role="group" aria-label=${t('app.papers.line_of', { at: at + 1, count: of })}>
      <${TextArea} label=${t('app.papers.description')} rows=${1} maxlength="1000" ...${field('description')} />
      <${Field} label=${t('app.papers.quantity')} ...${number} ...${field('quantity')} />
      <${Field} label=${t('app.papers.unit_price')} ...${number} ...${field('unitPrice')} />
      <${Field} label=${t('app.papers.tax_rate')} ...${number} ...${field('taxRate')} />
      <p class="line-amount"><span class="line-head">${t('app.papers.amount')}</span><span class="amount">${amount === undefined ? '–' : money(amount, currency)}</span></p>
      <${Menu} label=${t('app.papers.line_actions', { at: at + 1 })} items=${items} />
    </div>
    ${complaints[`lines.${at}`] && html`<p class="complaint" role="alert">${complaints[`lines.${at}`]}</p>`}
    ${line.optional && html`<p class="line-flags"><${Badge} tone="info">${t('app.papers.optional')}<//></p>`}
    ${(open || hasDiscount) && html`<div class="line-more">
      <${Field} label=${t('app.papers.tax_name')} placeholder=${t('app.papers.tax_name_example')} maxlength="100" ...${field('taxName')} />
      <${ShareField} label=${t('app.papers.discount')} currency=${currency} value=${line.discount} complaint=${about('discount')}
        onType=${(discount) => onChange({ discount })} data-cell="discount" />
      ${open && !hasDiscount && html`<${Button} kind="plain" onPress=${() => setOpen(false)}>${t('app.papers.less')}<//>`}
    </div>`}
  </li>`
}
