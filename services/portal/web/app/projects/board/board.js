// The board of a project: its tasks in columns, moved with a pointer or with keys.
import { Bones } from '../../../components/bones.js'
import { ErrorState } from '../../../components/error-state.js'
import { t } from '../../../lib/texts.js'
import { toast } from '../../../lib/toasts.js'
import { html, useEffect, useId, useRef } from '../../../lib/ui.js'
import { useQuery } from '../../lib/use-query.js'
import { COLUMNS, taskOf } from './places.js'
import { Column } from './column.js'
import { TaskCard } from './task-card.js'
import { TaskDrawer } from './task-drawer.js'
import { useBoard } from './use-board.js'
import { useFocusBack } from './use-focus-back.js'
import { useHold } from './use-hold.js'

export default function Board({ project }) {
  const holding = useRef(false)
  const board = useBoard(project.id, holding)
  if (board.phase === 'loading') return html`<${Bones} shape="cards" count=${5} />`
  if (board.phase === 'failed') return html`<${ErrorState} level=${2} onRetry=${board.reload} />`
  return html`<${Columns} ...${{ project, board, holding }} />`
}

function Columns({ project, board, holding }) {
  const place = useRef(null)
  const hint = useId()
  const [{ task: opened = '' }, change] = useQuery()
  const { columns } = board
  const { held, said, shown, card, ground, ghost } = useHold({ board: place, columns, holding, onMove: board.move, onRest: board.reload })
  const close = () => change({ task: '' })
  const touched = useFocusBack({ board: place, columns, opened })
  const task = opened ? taskOf(columns, opened) : null
  const gone = Boolean(opened) && !task
  useEffect(() => {
    if (!gone) return
    toast({ tone: 'warning', text: t('app.board.gone') })
    close()
  }, [gone])
  return html`<div class=${held ? `board board-held board-held-${held.by}` : 'board'} ref=${place} ...${ground}>
      ${COLUMNS.map((status) => html`<${Column} key=${status} ...${{ status, held, card, hint, project }} touched=${held?.id ?? touched} tasks=${shown[status]}
        onOpen=${(id) => change({ task: id })} onAdded=${board.add} />`)}
    </div>
    ${held?.by === 'pointer' && html`<div class="task-ghost" ref=${ghost} aria-hidden="true" inert><${TaskCard} task=${taskOf(columns, held.id)} ghost /></div>`}
    <p class="visually-hidden" id=${hint}>${t('app.board.hint')}</p>
    <p class="visually-hidden" role="status" aria-live="assertive">${said}</p>
    <${TaskDrawer} key=${opened} task=${task} onSave=${board.save} onDelete=${board.drop} onClose=${close} />`
}
