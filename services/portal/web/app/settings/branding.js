// Whose portal it is: name, logo, colours and welcome, beside a picture of what becomes of them.
import { Card } from '../../components/card.js'
import { Field } from '../../components/field.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { BrandPicture } from './brand-picture.js'
import { ColourField } from './colour-field.js'
import { Loaded } from './loaded.js'
import { LogoCard } from './logo-card.js'
import { SavedForm, saySaved } from './saved-form.js'
import { useConfig } from './use-config.js'

const HEX = /^#[0-9a-f]{6}$/i
const NAMES = ['portal_name', 'primary_color', 'secondary_color', 'welcome_message', 'sender_name']

export default function Branding() {
  const config = useConfig()
  return html`<${Loaded} one=${config} count=${5}>${(value) => html`<${Form} value=${value} save=${config.save} onSaved=${config.set} />`}<//>`
}

function Form({ value, save, onSaved }) {
  const colour = (text) => (HEX.test(text) ? '' : t('app.settings.colour_wrong'))
  const form = useForm({
    initial: Object.fromEntries(NAMES.map((name) => [name, value[name]])),
    draft: 'app.settings.branding',
    check: ({ primary_color: primary, secondary_color: secondary }) => ({ primary_color: colour(primary), secondary_color: colour(secondary) }),
    send: (values, key) => save(values, key),
    done: (saved) => {
      onSaved(saved)
      saySaved()
    },
  })
  return html`<div class="branding">
    <div class="branding-fields">
      <${Card} title=${t('app.settings.parts.branding')} lead=${t('app.settings.branding_lead')}>
        <${SavedForm} form=${form}>
          <${Field} label=${t('app.settings.portal_name')} hint=${t('app.settings.sender_name_hint')} optional maxlength="200" dir="auto" ...${form.bind('portal_name')} />
          <${Field} label=${t('app.settings.sender_name')} hint=${t('app.settings.sender_name_hint')} optional maxlength="200" dir="auto" ...${form.bind('sender_name')} />
          <div class="fields-row">
            <${ColourField} label=${t('app.settings.primary')} ...${form.bind('primary_color')} />
            <${ColourField} label=${t('app.settings.secondary')} ...${form.bind('secondary_color')} />
          </div>
          <${TextArea} label=${t('app.settings.welcome')} hint=${t('app.settings.welcome_hint')} optional rows=${3} maxlength="5000" ...${form.bind('welcome_message')} />
        <//>
      <//>
      <${LogoCard} logo=${value.portal_logo} onChanged=${onSaved} />
    </div>
    <${BrandPicture} settings=${{ ...value, ...form.values }} />
  </div>`
}
