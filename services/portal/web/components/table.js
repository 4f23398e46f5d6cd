import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'
import { Icon } from './icon.js'
import { Link } from './link.js'

/**
 * Rows of the same kind: a table on a desk, cards on a phone. `columns` are [{key, head, cell(row), align: 'end', primary,
 * sort, bare}]: the `primary` one leads to `href(row)` with the whole row, a `bare` one has a head that is only spoken, a
 * column with `sort` can be sorted by it (`sort`: {key, direction}, `onSort`). With `chosen` (a Set of ids) rows can be
 * ticked, `onChosen` gets the next set. `empty` is shown where there are no rows.
 */
export function Table({ columns, rows, href, caption, empty, sort, onSort, chosen, onChosen, rowKey = (row) => row.id, nameOf }) {
  if (rows.length === 0 && empty) return empty
  const tick = chosen && { chosen, onChosen, nameOf, ids: rows.map(rowKey) }
  return html`<div class="table-frame">
    <table class=${tick ? 'list list-ticked' : 'list'} role="table" onKeyDown=${move}>
      <caption class="visually-hidden">${caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          ${tick && html`<th role="columnheader" scope="col" class="cell-tick"><${TickAll} ...${tick} /></th>`}
          ${columns.map((column) => html`<${Head} key=${column.key} ...${{ column, sort, onSort }} />`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map((row) => html`<${Row} key=${rowKey(row)} ...${{ row, columns, tick, id: rowKey(row), to: href?.(row) }} />`)}
      </tbody>
    </table>
  </div>`
}

function Head({ column, sort, onSort }) {
  const mine = column.sort && sort?.key === column.sort
  const turned = mine && sort.direction === 'asc' ? 'desc' : 'asc'
  const icon = { asc: 'arrow-up', desc: 'arrow-down' }[mine ? sort.direction : ''] ?? 'chevrons-up-down'
  return html`<th role="columnheader" scope="col" class=${look(column)}
    aria-sort=${mine ? { asc: 'ascending', desc: 'descending' }[sort.direction] : undefined}>
    ${column.sort
      ? html`<button type="button" class="sort" onClick=${() => onSort({ key: column.sort, direction: turned })}>
          ${column.head}<${Icon} name=${icon} />
        </button>`
      : html`<span class=${column.bare ? 'visually-hidden' : undefined}>${column.head}</span>`}
  </th>`
}

function Row({ row, columns, tick, id, to }) {
  return html`<tr role="row" class=${`${to ? 'row-link' : ''} ${tick?.chosen.has(id) ? 'row-chosen' : ''}`}>
    ${tick && html`<td role="cell" class="cell-tick"><${Tick} ...${{ id, row, tick }} /></td>`}
    ${columns.map((column) => html`<td role="cell" key=${column.key} class=${look(column)}>
      ${!column.primary && !column.bare && html`<span class="cell-head" aria-hidden="true">${column.head}</span>`}
      <${Cell} ...${{ column, row, to }} />
    </td>`)}
  </tr>`
}

function Cell({ column, row, to }) {
  const inside = column.cell ? column.cell(row) : row[column.key]
  if (!column.primary || !to) return html`<span class="cell-value">${inside}</span>`
  return html`<${Link} to=${to} class="row-way" dir="auto">${inside}<//>`
}

function Tick({ id, row, tick }) {
  const change = (event) => {
    const next = new Set(tick.chosen)
    if (event.target.checked) next.add(id)
    else next.delete(id)
    tick.onChosen(next)
  }
  return html`<label class="tick">
    <span class="visually-hidden">${t('shared.ui.choose_row', { name: tick.nameOf?.(row) ?? id })}</span>
    <input type="checkbox" checked=${tick.chosen.has(id)} onChange=${change} />
  </label>`
}

function TickAll({ chosen, onChosen, ids }) {
  const all = ids.length > 0 && ids.every((id) => chosen.has(id))
  const some = !all && ids.some((id) => chosen.has(id))
  return html`<label class="tick">
    <span class="visually-hidden">${t('shared.ui.choose_all')}</span>
    <input type="checkbox" checked=${all} indeterminate=${some} onChange=${() => onChosen(new Set(all ? [] : ids))} />
  </label>`
}

const look = ({ align, primary, bare }) =>
  [align === 'end' && 'cell-end', primary && 'cell-primary', bare && 'cell-bare'].filter(Boolean).join(' ') || undefined

/** Up and down go from row to row while the focus is on a row's link. */
function move(event) {
  if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || !event.target.matches('.row-way')) return
  const ways = [...event.currentTarget.querySelectorAll('.row-way')]
  const next = ways[ways.indexOf(event.target) + (event.key === 'ArrowDown' ? 1 : -1)]
  event.preventDefault()
  next?.focus()
}
