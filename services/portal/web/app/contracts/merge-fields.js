// What is filled in when a contract is sent.
import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { me } from '../lib/session.js'

export const MERGE_FIELDS = ['client.name', 'client.company', 'agency.name', 'project.name', 'date']

/** Buttons that put a field where one is typing; `onInsert` gets it with its braces. */
export function MergeFields({ onInsert }) {
  return html`<div class="merge-fields" role="group" aria-label=${t('app.contracts.insert')}>
    <span class="quiet">${t('app.contracts.insert')}</span>
    ${MERGE_FIELDS.map((name) => html`<${Button} key=${name} kind="plain" onPress=${() => onInsert(`{{${name}}}`)}>${t(`app.contracts.fields.${name.replace('.', '_')}`)}<//>`)}
  </div>`
}

/** A text with what is known already, for a preview; what is not known yet stays as it is. */
export function filled(text, { client, project }) {
  const known = {
    'client.name': client?.label ?? client?.name,
    'client.company': client && (client.company ?? ''),
    'agency.name': me.value?.agency.name,
    'project.name': project?.label ?? project?.name,
    date: new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' }).format(new Date()),
  }
  return text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name) => known[name] ?? whole)
}
