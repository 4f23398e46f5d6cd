// Where members come in.
import { Link } from '../../components/link.js'
import { goTo } from '../../lib/place.js'
import { onTold } from '../../lib/tabs.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { findOut, phase, signedIn } from '../lib/session.js'
import { Door } from './door.js'
import { nextPlace } from './next.js'
import { SignInForm } from './sign-in-form.js'

export default function SignInPage() {
  const [next] = useState(nextPlace)
  const goOn = () => goTo(next)
  useEffect(() => onTold(({ what }) => what === 'staff-in' && findOut().then(() => phase.value === 'in' && goOn())), [])
  const done = (answer) => {
    signedIn(answer)
    goOn()
  }
  const foot = t('app.entrance.no_agency', { way: html`<${Link} to="/app/register">${t('app.entrance.create')}<//>` })
  return html`<${Door} title=${t('app.entrance.sign_in')} lead=${t('app.entrance.sign_in_lead')} foot=${foot}>
    <${SignInForm} onDone=${done} />
    <p class="door-way"><${Link} to="/app/forgot-password">${t('app.entrance.forgot')}<//></p>
  <//>`
}
