import { Card } from '../../components/card.js'
import { Checkbox } from '../../components/checkbox.js'
import { Field } from '../../components/field.js'
import { Switch } from '../../components/switch.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { Loaded } from './loaded.js'
import { SavedForm, saySaved } from './saved-form.js'
import { useConfig } from './use-config.js'

const MODULES = ['projects', 'files', 'messages', 'tasks', 'time_logs', 'proposals', 'contracts', 'invoices', 'feedback', 'intake']

/** What clients find in their portal, and for how long links open it. */
export default function Portal() {
  const config = useConfig()
  return html`<${Loaded} one=${config} count=${5}>${(value) => html`<${Form} value=${value} save=${config.save} onSaved=${config.set} />`}<//>`
}

function Form({ value, save, onSaved }) {
  const form = useForm({
    initial: {
      is_active: value.is_active, enabled_modules: value.enabled_modules, allow_file_sharing: value.allow_file_sharing, show_activity_feed: value.show_activity_feed,
      token_expiration_days: String(value.token_expiration_days), magic_link_minutes: String(value.magic_link_minutes),
    },
    draft: 'app.settings.portal',
    check: ({ token_expiration_days: days, magic_link_minutes: minutes }) => ({
      token_expiration_days: /^[1-9]\d*$/.test(days) ? '' : t('app.settings.whole_number'),
      magic_link_minutes: /^[1-9]\d*$/.test(minutes) ? '' : t('app.settings.whole_number'),
    }),
    send: (values, key) =>
      save({ ...values, token_expiration_days: Number(values.token_expiration_days), magic_link_minutes: Number(values.magic_link_minutes) }, key),
    done: (saved) => {
      onSaved(saved)
      saySaved()
    },
  })
  const chosen = form.values.enabled_modules
  const turn = (module, on) => form.change({ enabled_modules: MODULES.filter((one) => (one === module ? on : chosen.includes(one))) })
  return html`<${SavedForm} form=${form}>
    <${Card} title=${t('app.settings.parts.portal')}>
      <div class="fields">
        <${Switch} label=${t('app.settings.portal_open')} hint=${t('app.settings.portal_open_hint')} ...${form.bind('is_active')} />
        <${Switch} label=${t('app.settings.client_files')} hint=${t('app.settings.client_files_hint')} ...${form.bind('allow_file_sharing')} />
        <${Switch} label=${t('app.settings.activity')} hint=${t('app.settings.activity_hint')} ...${form.bind('show_activity_feed')} />
      </div>
    <//>
    <${Card} title=${t('app.settings.modules')} lead=${t('app.settings.modules_lead')}>
      <fieldset class="settings-modules">
        <legend class="visually-hidden">${t('app.settings.modules')}</legend>
        ${MODULES.map((module) => html`<${Checkbox} key=${module} label=${t(`app.settings.module.${module}`)} on=${chosen.includes(module)} onSwitch=${(on) => turn(module, on)} />`)}
      </fieldset>
    <//>
    <${Card} title=${t('app.settings.links')}>
      <div class="fields-row">
        <${Field} label=${t('app.settings.link_days')} hint=${t('app.settings.link_days_hint')} inputmode="numeric" maxlength="4" ...${form.bind('token_expiration_days')} />
        <${Field} label=${t('app.settings.magic_minutes')} hint=${t('app.settings.magic_minutes_hint')} inputmode="numeric" maxlength="4" ...${form.bind('magic_link_minutes')} />
      </div>
    <//>
  <//>`
}
