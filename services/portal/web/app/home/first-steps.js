import { Icon } from '../../components/icon.js'
import { LinkButton } from '../../components/link-button.js'
import { t } from '../../lib/texts.js'
import { html, useId } from '../../lib/ui.js'

const STEPS = [
  { key: 'clients', to: '/app/clients?new=1', icon: 'users' },
  { key: 'projects', to: '/app/projects?new=1', icon: 'folder' },
  { key: 'invoices', to: '/app/invoices/new', icon: 'receipt' },
]

/** The way from an empty agency to a first invoice; `begun` says what there is already. */
export function FirstSteps({ begun }) {
  const id = useId()
  const next = STEPS.find(({ key }) => !begun[key])
  return html`<section class="home-card first-steps" aria-labelledby=${id}>
    <h2 class="home-head" id=${id}>${t('app.home.first_steps')}</h2>
    <ol class="steps">
      ${STEPS.map((step) => html`<li key=${step.key} class=${begun[step.key] ? 'step step-done' : 'step'}>
        <span class="step-icon"><${Icon} name=${begun[step.key] ? 'check' : step.icon} label=${begun[step.key] ? t('app.home.done') : ''} /></span>
        <div class="step-facts"><h3>${t(`app.home.steps.${step.key}`)}</h3><p class="quiet">${t(`app.home.steps.${step.key}_text`)}</p></div>
        ${!begun[step.key] && html`<${LinkButton} kind=${step === next ? 'primary' : 'quiet'} to=${step.to}>${t(`app.home.steps.${step.key}_action`)}<//>`}
      </li>`)}
    </ol>
  </section>`
}
