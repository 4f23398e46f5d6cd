// An agency's intake form, for whoever is no client yet.
import { Entrance } from '../../components/entrance.js'
import { FailedPage } from '../../components/failed-page.js'
import { Icon } from '../../components/icon.js'
import { MessagePage } from '../../components/message-page.js'
import { Skeleton } from '../../components/skeleton.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { IntakeForm } from './intake-form.js'
import { useIntake } from './use-intake.js'

export default function IntakePage({ slug, name }) {
  const { phase, load, form, welcome, openedAt } = useIntake(slug, name)
  const [sentFrom, setSentFrom] = useState('')
  if (phase === 'loading') return html`<${Skeleton} what=${t('portal.intake.opening')} shape="fields" count=${5} />`
  if (phase === 'failed') return html`<${FailedPage} onRetry=${load} />`
  if (phase === 'missing') {
    return html`<${MessagePage} title=${t('portal.intake.missing_title')}>${t('portal.intake.missing')}<//>`
  }
  if (sentFrom) return html`<${SentPage} welcome=${welcome} email=${sentFrom} />`
  return html`<${Entrance} welcome=${welcome} wide>
    <h1 dir="auto">${form.name}</h1>
    ${form.description && html`<p class="lead long-text" dir="auto">${form.description}</p>`}
    <${IntakeForm} slug=${slug} intake=${form} openedAt=${openedAt} onSent=${setSentFrom} />
  <//>`
}

function SentPage({ welcome, email }) {
  const head = useRef(null)
  useEffect(() => {
    scrollTo(0, 0)
    head.current?.focus()
  }, [])
  return html`<${Entrance} welcome=${welcome} wide>
    <span class="intake-sent"><${Icon} name="circle-check" /></span>
    <h1 tabindex="-1" ref=${head}>${t('portal.intake.thanks')}</h1>
    <p>${t('portal.intake.sent', { agency: html`<bdi>${welcome.portal_name}</bdi>`, email: html`<strong><bdi>${email}</bdi></strong>` })}</p>
  <//>`
}
