// Stands above an open page whose session has ended; everything under it stays as it was.
import { t } from '../../lib/texts.js'
import { html, useId } from '../../lib/ui.js'
import { useModal } from '../../lib/use-modal.js'
import { SignInForm } from '../entrance/sign-in-form.js'
import { me, phase, signedIn } from '../lib/session.js'

export function SessionEnded({ open }) {
  const id = useId()
  // A second Escape closes any dialog; this one has to stay until somebody has signed in.
  const stay = () => phase.value === 'ended' && !dialog.current.open && dialog.current.showModal()
  const dialog = useModal(open, stay)
  const other = `/app/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`
  return html`<dialog class="dialog dialog-small ended" ref=${dialog} aria-labelledby=${open ? id : undefined}>
    ${open &&
    html`<div class="dialog-body">
      <h2 id=${id}>${t('app.entrance.ended')}</h2>
      <p class="quiet">${t('app.entrance.ended_text')}</p>
      <${SignInForm} email=${me.value.user.email} onDone=${signedIn} />
      <p class="door-way"><a href=${other}>${t('app.entrance.somebody_else')}</a></p>
    </div>`}
  </dialog>`
}
