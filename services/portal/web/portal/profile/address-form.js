import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { Field } from '../../components/field.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'

const PARTS = ['street', 'houseNumber', 'postalCode', 'city', 'country']
const KNOWN_TO_BROWSERS = { street: 'address-line1', postalCode: 'postal-code', city: 'address-level2', country: 'country-name' }

/** Telephone and address for invoices. */
export function AddressForm({ profile, save }) {
  const { form, complaints, busy, submit, bind } = useForm({
    initial: { phone: profile.phone, ...Object.fromEntries(PARTS.map((part) => [part, profile.billingAddress[part]])) },
    draft: `profile.${profile.id}`,
    send: ({ phone, ...billingAddress }, key) => save({ phone, billingAddress }, key),
    done: () => toast({ text: t('portal.profile.saved') }),
  })
  const field = (part, more = {}) =>
    html`<${Field} label=${t(`portal.profile.${part}`)} maxlength="200" autocomplete=${KNOWN_TO_BROWSERS[part]} ...${more} ...${bind(part)} />`
  return html`<${Card} title=${t('portal.profile.address')} lead=${t('portal.profile.address_lead')}>
    <form class="fields" ref=${form} onSubmit=${submit} noValidate>
      <${Field} label=${t('portal.profile.phone')} type="tel" dir="ltr" autocomplete="tel" maxlength="50" ...${bind('phone')} />
      <div class="fields-row profile-street">${field('street')}${field('houseNumber')}</div>
      <div class="fields-row profile-city">${field('postalCode')}${field('city')}</div>
      ${field('country')}
      <p class="complaint" role="alert">${complaints.all}</p>
      <div class="actions"><${Button} kind="primary" type="submit" busy=${busy}>${t('portal.profile.save')}<//></div>
    </form>
  <//>`
}
