// An agency's intake form, for whoever is no client yet.
import { Entrance } from '../../components/entrance.js'
import { IntakeForm } from './intake-form.js'
import { MessagePage } from '../../components/message-page.js'
import { Skeleton } from '../../components/skeleton.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { useIntake } from './use-intake.js'
import { FailedPage } from '../../components/failed-page.js'

export default function IntakePage({ slug, name }) {
  const { phase, load, form, welcome, openedAt } = useIntake(slug, name)
  const [sentFrom, setSentFrom] = useState('')
  if (phase === 'loading') return html`<${Skeleton} what="Opening the form" />`
  if (phase === 'failed') return html`<${FailedPage} onRetry=${load} />`
  if (phase === 'missing') {
    return html`<${MessagePage} title="This form is not open">
      The address may be mistyped, or the agency has closed the form. Ask them for another way to reach them.
    <//>`
  }
  if (sentFrom) return html`<${SentPage} welcome=${welcome} email=${sentFrom} />`
  return html`<${Entrance} welcome=${welcome} wide>
    <h1 dir="auto">${form.name}</h1>
    ${form.description && html`<p class="welcome" dir="auto">${form.description}</p>`}
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
    <h1 tabindex="-1" ref=${head}>Thank you</h1>
    <p><bdi>${welcome.portal_name}</bdi> has what you sent. The answer will come to <strong><bdi>${email}</bdi></strong>.</p>
  <//>`
}
