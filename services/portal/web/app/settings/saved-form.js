import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { Restored } from '../papers/restored.js'

/** The fields of `form` (a useForm), what was refused, and the button that saves. */
export function SavedForm({ form, children, action = t('app.settings.save') }) {
  return html`<form class="fields" ref=${form.form} onSubmit=${form.submit} noValidate>
    ${form.isRestored && html`<${Restored} onDiscard=${() => form.reset()} />`}
    ${children}
    <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
    <div class="actions"><${Button} kind="primary" type="submit" busy=${form.busy}>${action}<//></div>
  </form>`
}

export const saySaved = () => toast({ text: t('app.settings.saved') })
