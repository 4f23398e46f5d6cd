import { Button } from '../../../components/button.js'
import { t } from '../../../lib/texts.js'
import { html, useEffect, useId, useState } from '../../../lib/ui.js'
import { QuickAdd } from './quick-add.js'
import { TaskCard } from './task-card.js'

const SHOWN = 30

/** One column: its head, its cards from the first on, and a field for the next one. */
export function Column({ status, tasks, held, touched, card, hint, project, onOpen, onAdded }) {
  const id = useId()
  const [all, setAll] = useState(false)
  const name = t(`app.board.columns.${status}`)
  const first = all ? tasks : tasks.filter((task, at) => at < SHOWN || task.id === held?.id)
  // A card that somebody has just had in the hand never vanishes behind the rest.
  const below = !all && tasks.findIndex(({ id: one }) => one === touched) >= SHOWN
  useEffect(() => {
    if (below) setAll(true)
  }, [below])
  const added = (task) => {
    setAll(true)
    onAdded(task)
  }
  return html`<section class=${held?.to.status === status ? 'column column-goal' : 'column'} data-status=${status} aria-labelledby=${id}>
    <div class="column-head"><h2 id=${id}><span class=${`column-mark column-${status}`}></span>${name} <span class="count">${tasks.length}</span></h2></div>
    <ol class="column-cards" aria-labelledby=${id}>
      ${first.map((task) => html`<li key=${task.id} data-task=${task.id} class=${held?.id === task.id ? `task-place task-held-${held.by}` : 'task-place'}
        ...${pointerOf(card(task))}>
        <${TaskCard} task=${task} hint=${hint} keys=${keysOf(card(task))} onOpen=${() => onOpen(task.id)} />
      </li>`)}
    </ol>
    ${first.length < tasks.length && html`<${Button} kind="plain"
      onPress=${() => setAll(true)}>${t('app.board.show_more', { count: tasks.length - first.length })}<//>`}
    <${QuickAdd} ...${{ project, status, name }} onAdded=${added} />
  </section>`
}

const pointerOf = ({ onPointerDown }) => ({ onPointerDown })
const keysOf = ({ onKeyDown, onKeyUp }) => ({ onKeyDown, onKeyUp })
