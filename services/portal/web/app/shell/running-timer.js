import { IconButton } from '../../components/icon-button.js'
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html } from '../../lib/ui.js'
import { explain } from '../../lib/words.js'
import { useNames } from '../lib/names.js'
import { findTimer, stopTimer, useElapsed, useTimer } from '../lib/timer.js'

/** The timer that runs, and the way to stop it; nothing while none does. */
export function RunningTimer() {
  const running = useTimer()
  const project = useNames('projects', running ? [running.projectId] : [])
  if (!running) return null
  const name = project(running.projectId)?.name ?? ''
  const stop = async () => {
    try {
      const { minutes } = await stopTimer()
      toast({ text: t('app.shell.timer_stopped', { count: minutes, project: name }) })
    } catch (refusal) {
      toast({ tone: 'danger', text: explain(refusal) })
      findTimer()
    }
  }
  return html`<div class="running-timer" role="group" aria-label=${t('app.shell.timer')}>
    <span class="running-dot" aria-hidden="true"></span>
    <${Link} class="running-what" to="/app/time" title=${running.description || name}>
      <span class="running-time"><${Elapsed} since=${running.startedAt} /></span>
      <span class="one-line quiet"><bdi>${running.description || name}</bdi></span>
    <//>
    <${IconButton} icon="square" label=${t('app.shell.timer_stop')} onPress=${stop} />
  </div>`
}

function Elapsed({ since }) {
  return useElapsed(since)
}
