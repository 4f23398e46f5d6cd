import { Button } from '../../components/button.js'
import { TextArea } from '../../components/text-area.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { Words } from '../messages/words.js'
import { useRows } from '../projects/use-rows.js'

/** What either side said of a file, oldest first, and a field to say more. */
export function Comments({ file, portal }) {
  const path = `/api/files/${file.id}/comments`
  const { phase, rows, reload, change } = useRows(portal.api, `${path}?limit=200`, ['file.commented'])
  const form = useForm({
    initial: { content: '' },
    draft: `comment.${file.id}`,
    check: ({ content }) => ({ content: content.trim() ? '' : t('portal.files.comment_empty') }),
    send: async ({ content }, key) => {
      const said = await portal.api.send(path, { content: content.trim(), version: file.version }, key)
      change((before) => [said, ...before.filter(({ id }) => id !== said.id)])
    },
    done: () => form.reset(),
  })
  const oldestFirst = [...rows].reverse()
  return html`<section class="comments" aria-labelledby="comments">
    <h2 id="comments">${t('portal.files.comments')}</h2>
    ${phase === 'failed' && html`<p class="quiet">${t('portal.files.comments_failed')} <${Button} kind="plain" onPress=${reload}>${t('shared.ui.retry')}<//></p>`}
    <div role="log" aria-label=${t('portal.files.comments')}><ol class="comment-list">
      ${oldestFirst.map((comment) => html`<li key=${comment.id} class="comment">
        <p class="comment-by">
          <bdi>${comment.author.name}</bdi> <span class="quiet"><${When} at=${comment.createdAt} relative /></span>
          ${comment.version !== file.version && html`<span class="quiet">${t('portal.files.on_version', { version: comment.version })}</span>`}
        </p>
        <${Words} text=${comment.content} />
      </li>`)}
    </ol></div>
    <form class="stack" ref=${form.form} onSubmit=${form.submit} noValidate>
      <${TextArea} label=${t('portal.files.comment')} rows=${2} maxlength="10000" ...${form.bind('content')} />
      <p class="complaint" role="alert">${form.complaints.all}</p>
      <div class="actions"><${Button} type="submit" busy=${form.busy}>${t('portal.files.comment_send')}<//></div>
    </form>
  </section>`
}
