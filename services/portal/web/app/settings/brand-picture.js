// What becomes of name, logo and colours: a portal, a mail and an invoice in small.
import { t } from '../../lib/texts.js'
import { shift } from '../../lib/theme.js'
import { html, useEffect, useRef } from '../../lib/ui.js'
import { me } from '../lib/session.js'

const WHITE = [255, 255, 255]
const BLACK = [0, 0, 0]

export function BrandPicture({ settings }) {
  const picture = useRef(null)
  useEffect(() => {
    const colour = rgb(settings.primary_color)
    if (colour) picture.current.style.setProperty('--brand-shown', `rgb(${shift(colour, BLACK, WHITE).join(' ')})`)
  }, [settings.primary_color])
  const name = settings.portal_name || me.value.agency.name
  const head = settings.portal_logo ? html`<img src=${`/${settings.portal_logo}`} alt="" />` : html`<strong dir="auto">${name}</strong>`
  return html`<div class="brand-picture" ref=${picture} role="img" aria-label=${t('app.settings.picture')}>
    <figure aria-hidden="true">
      <div class="brand-portal">
        <div class="brand-bar">${head}<span></span><span></span></div>
        <p class="brand-hello">${t('app.settings.hello')}</p>
        <p class="brand-quiet" dir="auto">${settings.welcome_message}</p>
        <div class="brand-progress"><span></span></div>
        <span class="brand-button">${t('app.settings.approve')}</span>
      </div>
      <figcaption>${t('app.settings.picture_portal')}</figcaption>
    </figure>
    <figure aria-hidden="true">
      <div class="brand-mail">
        ${head}
        <p>${t('app.settings.mail_text', { name: settings.sender_name || name })}</p>
        <span class="brand-button">${t('app.settings.open_portal')}</span>
      </div>
      <figcaption>${t('app.settings.picture_mail')}</figcaption>
    </figure>
    <figure aria-hidden="true">
      <div class="brand-invoice">
        <div class="brand-invoice-head">${head}<strong class="brand-title">${t('app.settings.invoice_number')}</strong></div>
        <hr />
        <span class="brand-line"></span><span class="brand-line"></span><span class="brand-line brand-short"></span>
      </div>
      <figcaption>${t('app.settings.picture_invoice')}</figcaption>
    </figure>
  </div>`
}

const rgb = (text) => (/^#[0-9a-f]{6}$/i.test(text) ? [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16)) : null)
