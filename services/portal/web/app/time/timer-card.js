import { Button } from '../../components/button.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { useNames } from '../lib/names.js'
import { discardTimer, findTimer, stopTimer, useElapsed, useTimer } from '../lib/timer.js'
import { clockOf } from './duration.js'
import { TimerForm } from './timer-form.js'

/** The timer: what it runs for and how long, or how to start it. */
export function TimerCard({ project, onStopped }) {
  const running = useTimer()
  const card = useRef(null)
  const runs = Boolean(running)
  // The button that was pressed is gone then, and the focus with it.
  const pressed = useRef(false)
  useEffect(() => {
    if (pressed.current && document.activeElement === document.body) card.current.querySelector('input, button')?.focus()
    pressed.current = false
  }, [runs])
  return html`<section class="card timer" ref=${card} aria-label=${t('app.time.timer')} onClick=${() => (pressed.current = true)}>
    ${running ? html`<${Running} running=${running} onStopped=${onStopped} />` : html`<${TimerForm} project=${project} />`}
  </section>`
}

function Running({ running, onStopped }) {
  const [asking, setAsking] = useState(false)
  const elapsed = useElapsed(running.startedAt)
  const projectOf = useNames('projects', [running.projectId])
  const project = projectOf(running.projectId)
  const attempt = async (action) => {
    try {
      await action()
    } catch (refusal) {
      toast({ tone: 'danger', text: explain(refusal) })
      findTimer()
    }
  }
  const stop = () =>
    attempt(async () => {
      const entry = await stopTimer()
      toast(entry.cutShort ? { tone: 'warning', text: t('app.time.cut_short') } : { text: t('app.time.recorded', { time: clockOf(entry.minutes) }) })
      onStopped(entry)
    })
  return html`<div class="timer-running">
    <span class="timer-clock" role="timer" aria-label=${t('app.time.running_for')}>${elapsed}</span>
    <div class="timer-what">
      <p class="timer-words" dir="auto">${running.description}</p>
      ${project && html`<p class="quiet"><${Link} to=${`/app/projects/${project.id}`} dir="auto">${project.name}<//></p>`}
    </div>
    <div class="timer-choices">
      <${Button} icon="square" onPress=${stop}>${t('app.time.stop')}<//>
      <${Button} kind="plain" onPress=${() => setAsking(true)}>${t('app.time.discard')}<//>
    </div>
    <${ConfirmDialog} open=${asking} title=${t('app.time.discard_title')} text=${t('app.time.discard_text')} confirm=${t('app.time.discard')}
      onConfirm=${() => attempt(discardTimer)} onClose=${() => setAsking(false)} />
  </div>`
}
