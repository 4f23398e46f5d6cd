import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { html, useId } from '../../lib/ui.js'
import { useForm } from '../../lib/use-form.js'
import { useRows } from './use-rows.js'

const STARS = [1, 2, 3, 4, 5]

/** A completed project's question: how was it? It is answered once, and then thanks its client. */
export function FeedbackCard({ project, portal }) {
  const path = `/api/projects/${project.id}/feedback`
  const { phase, rows, change } = useRows(portal.api, path)
  if (phase !== 'ready') return null
  return rows.length > 0
    ? html`<${Thanks} feedback=${rows[0]} />`
    : html`<${FeedbackForm} project=${project} portal=${portal} path=${path} onGiven=${(given) => change(() => [given])} />`
}

function FeedbackForm({ project, portal, path, onGiven }) {
  const id = useId()
  const form = useForm({
    initial: { rating: 0, comment: '' },
    draft: `feedback.${project.id}`,
    check: ({ rating }) => ({ rating: rating ? '' : t('portal.feedback.choose') }),
    send: ({ rating, comment }, key) => portal.api.send(path, { rating, ...(comment.trim() && { comment: comment.trim() }) }, key),
    done: onGiven,
  })
  const { rating } = form.values
  return html`<form class="card feedback" ref=${form.form} onSubmit=${form.submit} noValidate>
    <h2>${t('portal.feedback.title')}</h2>
    <p class="quiet">${t('portal.feedback.lead')}</p>
    <fieldset class="stars" aria-describedby=${`${id}-complaint`}>
      <legend>${t('portal.feedback.rating')}</legend>
      <div class="stars-row">
        ${STARS.map((star) => html`<label key=${star} class=${star <= rating ? 'star star-on' : 'star'}>
          <input type="radio" name=${id} value=${star} checked=${star === rating} onChange=${() => form.change({ rating: star })}
            aria-invalid=${form.complaints.rating ? 'true' : undefined} />
          <${Icon} name="star" /><span class="visually-hidden">${t('portal.feedback.stars', { count: star })}</span>
        </label>`)}
      </div>
      <p class="complaint" id=${`${id}-complaint`} role="alert">${form.complaints.rating}</p>
    </fieldset>
    <${TextArea} label=${t('portal.feedback.comment')} optional rows=${3} maxlength="5000" ...${form.bind('comment')} />
    <p class="complaint" role="alert">${form.complaints.all}</p>
    <div class="actions"><${Button} kind="primary" type="submit" busy=${form.busy}>${t('portal.feedback.send')}<//></div>
  </form>`
}

function Thanks({ feedback }) {
  return html`<section class="card feedback" aria-labelledby="thanks">
    <h2 id="thanks">${t('portal.feedback.thanks')}</h2>
    <p class="stars-row stars-given" role="img" aria-label=${t('portal.feedback.gave', { count: feedback.rating })}>
      ${STARS.map((star) => html`<span key=${star} class=${star <= feedback.rating ? 'star star-on' : 'star'}><${Icon} name="star" /></span>`)}
    </p>
    ${feedback.comment && html`<blockquote class="long-text" dir="auto">${feedback.comment}</blockquote>`}
  </section>`
}
