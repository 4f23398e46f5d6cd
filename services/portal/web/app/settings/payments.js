import { Badge } from '../../components/badge.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { CopyField } from '../../components/copy-field.js'
import { PasswordField } from '../../components/password-field.js'
import { Select } from '../../components/select.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useState } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { put, remove } from '../lib/api.js'
import { me } from '../lib/session.js'
import { useOne } from '../lib/use-one.js'
import { useAct } from '../papers/use-act.js'
import { Loaded } from './loaded.js'
import { SavedForm, saySaved } from './saved-form.js'

const PATH = '/api/payment-account'
const PROVIDERS = ['stripe', 'paystack']
// As the server has it: nothing shorter is a whole key.
const LEAST = 8

/** Through whom clients pay. */
export default function Payments() {
  const one = useOne(PATH)
  return html`<${Loaded} one=${one}>${(value) => html`<${Accounts} value=${value} onChange=${one.set} /><${NewAccount} value=${value} onSaved=${one.set} />`}<//>`
}

function Accounts({ value, onChange }) {
  const [leaving, setLeaving] = useState(null)
  const act = useAct()
  const choose = async (provider) => {
    const saved = await act(`choose-${provider}`, (key) => put(PATH, { provider }, key), t('app.settings.saved'))
    if (saved) onChange(saved)
  }
  const forget = async () => {
    const left = await act('forget', () => remove(`${PATH}?provider=${leaving}`), t('app.settings.account_gone'))
    if (left) onChange(left)
    return left !== null
  }
  return html`<${Card} title=${t('app.settings.parts.payments')} lead=${t('app.settings.payments_lead')}>
    <p>${value.provider ? t(`app.settings.paid_by_${value.owner}`, { provider: t(`app.settings.providers.${value.provider}`) }) : t('app.settings.paid_by_nobody')}</p>
    ${value.accounts.map((account) => html`<div class="settings-account" key=${account.provider}>
      <p><strong>${t(`app.settings.providers.${account.provider}`)}</strong> <code dir="ltr">${account.secretHint}</code> ${account.isChosen && html`<${Badge} tone="success">${t('app.settings.in_use')}<//>`}</p>
      <${CopyField} label=${t('app.settings.webhook_address')} hint=${t('app.settings.webhook_address_hint')} value=${account.webhookUrl} />
      <div class="actions">
        ${!account.isChosen && html`<${Button} onPress=${() => choose(account.provider)}>${t('app.settings.use_account')}<//>`}
        <${Button} icon="trash-2" onPress=${() => setLeaving(account.provider)}>${t('app.settings.forget_account')}<//>
      </div>
    </div>`)}
    <${ConfirmDialog} open=${leaving !== null} title=${t('app.settings.forget_title')} text=${t('app.settings.forget_text')} confirm=${t('app.settings.forget_account')}
      onConfirm=${forget} onClose=${() => setLeaving(null)} />
  <//>`
}

function NewAccount({ value, onSaved }) {
  const form = useForm({
    initial: { provider: 'stripe', secretKey: '', webhookSecret: '' },
    check: ({ provider, secretKey, webhookSecret }) => ({
      secretKey: wrongIn(secretKey, 'app.settings.key_missing'),
      webhookSecret: provider === 'stripe' ? wrongIn(webhookSecret, 'app.settings.webhook_secret_missing') : '',
    }),
    send: ({ provider, secretKey, webhookSecret }, key) =>
      put(PATH, { provider, secretKey: secretKey.trim(), ...(provider === 'stripe' && webhookSecret.trim() && { webhookSecret: webhookSecret.trim() }) }, key),
    done: (saved) => {
      form.reset({ provider: 'stripe', secretKey: '', webhookSecret: '' })
      onSaved(saved)
      saySaved()
    },
  })
  const { provider } = form.values
  const options = PROVIDERS.map((name) => ({ value: name, label: t(`app.settings.providers.${name}`) }))
  const isKept = value.accounts.some((account) => account.provider === provider)
  // Stripe tells the signing secret only once it knows the address, so that has to stand here before.
  const address = `${location.origin}/api/webhooks/${provider}/${me.value.agency.id}`
  return html`<${Card} title=${t('app.settings.own_account')} lead=${t('app.settings.own_account_lead')}>
    <${SavedForm} form=${form} action=${t('app.settings.keep_account')}>
      <${Select} label=${t('app.settings.provider')} options=${options} ...${form.bind('provider')} />
      ${!isKept && html`<${CopyField} label=${t('app.settings.webhook_address')} hint=${t('app.settings.webhook_address_hint')} value=${address} />`}
      <${Secret} label=${t('app.settings.secret_key')} ...${form.bind('secretKey')} />
      ${provider === 'stripe' && html`<${Secret} label=${t('app.settings.webhook_secret')} hint=${t('app.settings.webhook_secret_hint')} ...${form.bind('webhookSecret')} />`}
    <//>
  <//>`
}

function wrongIn(secret, missing) {
  if (!secret.trim()) return t(missing)
  return secret.trim().length < LEAST ? t('app.settings.key_short') : ''
}

const Secret = (props) => html`<${PasswordField} autocomplete="off" hint="" ...${props} />`
