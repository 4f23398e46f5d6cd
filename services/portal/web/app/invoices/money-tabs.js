import { Tabs } from '../../components/tabs.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'

/** The three lists about money that is owed. */
export function MoneyTabs({ value }) {
  const tabs = [
    { key: 'invoices', name: t('app.invoices.title'), to: '/app/invoices' },
    { key: 'recurring', name: t('app.recurring.title'), to: '/app/invoices/recurring' },
    { key: 'payments', name: t('app.payments.title'), to: '/app/payments' },
  ]
  return html`<div class="money-tabs"><${Tabs} label=${t('app.invoices.lists')} tabs=${tabs} value=${value} /></div>`
}
