import { Combobox } from '../../components/combobox.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { findClients } from '../lib/finding.js'
import { useNames } from '../lib/names.js'

/** Only one client's papers: the choice stands in the address. */
export function ClientFilter({ clientId, onChoose }) {
  const nameOf = useNames('clients', [clientId])
  const value = clientId ? { value: clientId, label: nameOf(clientId)?.name ?? '…' } : null
  return html`<${Combobox} key=${value?.label} label=${t('app.papers.of_client')} bare placeholder=${t('app.papers.of_client')} value=${value} search=${findClients}
    onChoose=${(option) => onChoose(option?.value ?? null)} />`
}
