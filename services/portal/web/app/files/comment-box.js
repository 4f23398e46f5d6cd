import { Button } from '../../components/button.js'
import { Checkbox } from '../../components/checkbox.js'
import { Chips } from '../../components/chips.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { post } from '../lib/api.js'

/** Where one says something about a version: to the client, or only to colleagues. */
export function CommentBox({ file, version, path, onSaid }) {
  const hidden = !file.visibleToClient
  const form = useForm({
    initial: { content: '', visibility: 'client', notify: false },
    draft: `app.comment.${file.id}`,
    check: ({ content }) => ({ content: content.trim() ? '' : t('app.files.words_missing') }),
    send: ({ content, visibility, notify }, key) => {
      const internal = hidden || visibility === 'internal'
      return post(path, { content, version, visibility: internal ? 'internal' : 'client', notify: notify && !internal }, key)
    },
    done: (comment) => {
      form.reset()
      onSaid(comment)
    },
  })
  const internal = hidden || form.values.visibility === 'internal'
  const options = ['client', 'internal'].map((value) => ({ value, label: t(`app.files.comment_for.${value}`) }))
  const press = (event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && form.submit(event)
  return html`<form class=${internal ? 'comment-box comment-box-internal' : 'comment-box'} ref=${form.form} onSubmit=${form.submit} novalidate>
    ${!hidden && html`<${Chips} label=${t('app.files.comment_to')} options=${options} value=${form.values.visibility}
      onChoose=${(visibility) => form.change({ visibility })} />`}
    <${TextArea} label=${t('app.files.comment')} rows=${3} maxlength="10000"
      hint=${t(hidden ? 'app.files.hidden_comment' : internal ? 'app.files.internal_hint' : 'app.files.client_hint')}
      onKeyDown=${press} ...${form.bind('content')} complaint=${form.complaints.content ?? form.complaints.all ?? ''} />
    ${!internal && html`<${Checkbox} label=${t('app.files.notify')} on=${form.values.notify} onSwitch=${(notify) => form.change({ notify })} />`}
    <div class="actions"><${Button} type="submit" icon="send" busy=${form.busy}>${t(internal ? 'app.files.add_note' : 'app.files.add_comment')}<//></div>
  </form>`
}
