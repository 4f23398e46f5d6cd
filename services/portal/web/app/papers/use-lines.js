// Lines of a paper and the keys that change them: Enter adds one, Backspace in an empty one removes it, the arrows go to
// the next, and with Alt they take the line along.
import { toast } from '../../lib/toasts.js'
import { t } from '../../lib/texts.js'
import { useLayoutEffect, useRef, useState } from '../../lib/ui.js'
import { blankLine, copyOf, isBlank } from './typed.js'

const ONE_ROW = 60

/** `onChange` gets a function from the lines to the next ones. */
export function useLines(lines, onChange) {
  const list = useRef(null)
  const goal = useRef(null)
  const [said, setSaid] = useState('')
  useLayoutEffect(() => {
    const { at, cell, end } = goal.current ?? {}
    goal.current = null
    const field = list.current?.querySelector(`[data-line="${at}"] [data-cell="${cell}"]`)
    field?.focus()
    if (field && end) field.setSelectionRange?.(field.value.length, field.value.length)
  })
  const focus = (at, cell = 'description', end = false) => {
    goal.current = { at, cell, end }
  }
  const add = (at = lines.length) => {
    onChange((before) => [...before.slice(0, at), blankLine(before[at - 1] ?? before[0]), ...before.slice(at)])
    focus(at)
    setSaid(t('app.papers.line_added', { at: at + 1, count: lines.length + 1 }))
  }
  const remove = (at, { quietly = false } = {}) => {
    const gone = lines[at]
    onChange((before) => (before.length > 1 ? before.filter((_, index) => index !== at) : [blankLine()]))
    focus(Math.max(0, at - 1), 'description', true)
    setSaid(t('app.papers.line_removed', { count: Math.max(1, lines.length - 1) }))
    if (!quietly) toast({ text: t('app.papers.line_gone'), undo: () => onChange((now) => withBack(now, gone, at)) })
  }
  const move = (at, by, cell = 'description') => {
    const to = at + by
    if (to < 0 || to >= lines.length) return
    onChange((before) => swapped(before, at, to))
    focus(to, cell)
    setSaid(t('app.papers.line_moved', { at: to + 1, count: lines.length }))
  }
  const copy = (at) => {
    onChange((before) => [...before.slice(0, at + 1), copyOf(before[at]), ...before.slice(at + 1)])
    focus(at + 1, 'description', true)
  }
  const change = (at, changes) => onChange((before) => before.map((line, index) => (index === at ? { ...line, ...changes } : line)))
  const press = (event) => {
    const cell = event.target.dataset?.cell
    const at = Number(event.target.closest?.('[data-line]')?.dataset.line)
    if (!cell || event.isComposing) return
    const action = actionOf(event, { at, cell, lines, add, remove, move })
    if (!action) return
    event.preventDefault()
    action()
  }
  return { list, said, add, remove, move, copy, change, press }
}

function actionOf(event, { at, cell, lines, add, remove, move }) {
  const { key, altKey, shiftKey, ctrlKey, metaKey, target } = event
  if (key === 'Enter' && !shiftKey && !ctrlKey && !metaKey) return () => add(at + 1)
  if (key === 'Backspace' && cell === 'description' && isBlank(lines[at]) && lines.length > 1) return () => remove(at, { quietly: true })
  const step = { ArrowUp: -1, ArrowDown: 1 }[key]
  if (!step || ctrlKey || metaKey || shiftKey) return null
  if (altKey) return () => move(at, step, cell)
  const to = target.closest('[data-lines]').querySelector(`[data-line="${at + step}"] [data-cell="${cell}"]`)
  return to && atEdge(target, step) ? () => to.focus() : null
}

/** The blank line that stands where the last one was taken away goes again. */
function withBack(lines, gone, at) {
  const rest = lines.length === 1 && isBlank(lines[0]) ? [] : lines
  return [...rest.slice(0, at), gone, ...rest.slice(at)]
}

/** In a text of several rows the arrows move within it first. */
function atEdge(field, step) {
  if (field.tagName !== 'TEXTAREA' || field.clientHeight < ONE_ROW) return true
  return step < 0 ? field.selectionEnd === 0 : field.selectionStart === field.value.length
}

function swapped(lines, at, to) {
  const next = [...lines]
  ;[next[at], next[to]] = [next[to], next[at]]
  return next
}
