import { Bones } from '../../components/bones.js'
import { Card } from '../../components/card.js'
import { ErrorState } from '../../components/error-state.js'
import { Select } from '../../components/select.js'
import { named, t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { usePreferences } from './use-preferences.js'

const FREQUENCIES = ['now', 'daily', 'never']

/** Which mails the client gets, and how soon: each choice holds at once. */
export function MailPreferences({ portal }) {
  const { preferences, phase, load, choose } = usePreferences(portal)
  if (phase === 'none') {
    return html`<${Card} title=${t('portal.profile.mails')}><p class="quiet">${t('portal.profile.no_mails')}</p><//>`
  }
  const free = preferences.filter(({ locked }) => !locked)
  const locked = preferences.filter((one) => one.locked)
  return html`<${Card} title=${t('portal.profile.mails')} lead=${t('portal.profile.mails_lead')}>
    ${phase === 'loading' && html`<${Bones} count=${4} />`}
    ${phase === 'failed' && html`<${ErrorState} level=${3} onRetry=${load} />`}
    <ul class="mail-kinds">
      ${free.map((one) => html`<li key=${one.kind} class="mail-kind">
        <span aria-hidden="true">${kindOf(one)}</span>
        <${Select} bare label=${kindOf(one)} value=${one.frequency} onChoose=${(frequency) => choose(one.kind, frequency)}
          options=${FREQUENCIES.map((value) => ({ value, label: t(`portal.profile.frequency.${value}`) }))} />
      </li>`)}
    </ul>
    ${locked.length > 0 &&
    html`<details class="fold">
      <summary>${t('portal.profile.always')}</summary>
      <ul class="plain-list">${locked.map((one) => html`<li key=${one.kind}>${kindOf(one)}</li>`)}</ul>
    </details>`}
  <//>`
}

/** In the reader's language where there is a text, else as the server says it. */
function kindOf({ kind, description }) {
  const found = named('portal.profile.kind', kind)
  return found === kind ? description : found
}
