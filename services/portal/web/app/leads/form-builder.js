import { ActionBar } from '../../components/action-bar.js'
import { Button } from '../../components/button.js'
import { Card } from '../../components/card.js'
import { CopyField } from '../../components/copy-field.js'
import { Field } from '../../components/field.js'
import { LinkButton } from '../../components/link-button.js'
import { Menu } from '../../components/menu.js'
import { PageHead } from '../../components/page-head.js'
import { Switch } from '../../components/switch.js'
import { TextArea } from '../../components/text-area.js'
import { goTo, replaceAddress } from '../../lib/place.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useRef } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { patch, post } from '../lib/api.js'
import { isAdmin } from '../lib/session.js'
import { removePaper } from '../papers/removing.js'
import { Restored } from '../papers/restored.js'
import { asSent, asTyped, slugOf } from './questions.js'
import { QuestionList } from './question-list.js'

/** Makes or changes an intake form; `intake` is one as the API has it, without an `id` where it is new. */
export function FormBuilder({ intake, onSaved = () => {} }) {
  const { id } = intake
  const opened = useRef(intake)
  const form = useForm({
    initial: valuesOf(intake),
    draft: `app.form.${id ?? 'new'}`,
    stamp: opened.current.updatedAt,
    check: ({ name, fields }) => ({
      name: name.trim() ? '' : t('app.leads.form_name_missing'),
      fields: fields.every(({ label }) => label.trim()) ? '' : t('app.leads.label_missing'),
    }),
    send: (values, key) => {
      const body = { ...values, name: values.name.trim(), slug: values.slug || slugOf(values.name), fields: asSent(values.fields) }
      return id ? patch(`/api/intake-forms/${id}`, body, key, opened.current) : post('/api/intake-forms', body, key)
    },
    done: (saved) => {
      toast({ text: t('app.leads.form_saved') })
      opened.current = saved
      form.reset(valuesOf(saved))
      if (id) onSaved(saved)
      else replaceAddress(`/app/leads/forms/${saved.id}`)
    },
  })
  const discard = () => {
    opened.current = intake
    form.reset()
  }
  const may = isAdmin()
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${intake.name || t('app.leads.new_form')} back=${{ to: '/app/leads/forms', name: t('app.leads.forms') }}
      actions=${id && html`<${Ways} intake=${intake} may=${may} />`} />
    ${form.isRestored && html`<div class="paper-notices"><${Restored} isStale=${form.isStale} onDiscard=${discard} /></div>`}
    <form class="form-builder" ref=${form.form} onSubmit=${form.submit} noValidate>
      ${id && html`<${CopyField} label=${t('app.leads.address')} value=${intake.url} hint=${t('app.leads.address_hint')} />`}
      <${Card} title=${t('app.leads.about_form')}>
        <div class="fields">
          <${Field} label=${t('app.leads.form_name')} maxlength="200" dir="auto" focus=${!id} ...${form.bind('name')} />
          <${TextArea} label=${t('app.leads.description')} hint=${t('app.leads.description_hint')} optional rows=${3} maxlength="5000" ...${form.bind('description')} />
          <${Field} label=${t('app.leads.slug')} hint=${t('app.leads.slug_hint')} optional maxlength="63" dir="ltr" autocapitalize="off" spellcheck=${false} ...${form.bind('slug')} />
          <${Switch} label=${t('app.leads.active')} hint=${t('app.leads.active_hint')} ...${form.bind('active')} />
          <${Switch} label=${t('app.leads.from_page_only')} hint=${t('app.leads.from_page_only_hint')} ...${form.bind('fromPageOnly')} />
        </div>
      <//>
      <${Card} title=${t('app.leads.questions')} lead=${t('app.leads.questions_lead')}>
        <${QuestionList} questions=${form.values.fields} onChange=${(fields) => form.change({ fields })} />
        <p class="complaint" role="alert">${form.complaints.fields ?? ''}</p>
      <//>
      <p class="complaint" role="alert">${form.complaints.all ?? ''}</p>
      ${may && html`<${ActionBar}><${Button} kind="primary" type="submit" busy=${form.busy}>${t('app.leads.save')}<//><//>`}
    </form>
  </main>`
}

const valuesOf = ({ name, slug, description, active, fromPageOnly, fields }) => ({ name, slug, description, active, fromPageOnly, fields: asTyped(fields) })

function Ways({ intake, may }) {
  const remove = () => {
    removePaper(`/api/intake-forms/${intake.id}`, t('app.leads.deleted', { name: intake.name }))
    goTo('/app/leads/forms')
  }
  return html`<${LinkButton} icon="external-link" href=${new URL(intake.url).pathname} target="_blank" rel="noopener">${t('app.leads.look')}<//>
    ${may && html`<${Menu} items=${[{ label: t('app.leads.delete'), icon: 'trash-2', tone: 'danger', onPress: remove }]} />`}`
}
