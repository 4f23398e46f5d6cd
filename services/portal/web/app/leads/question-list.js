import { Button } from '../../components/button.js'
import { Checkbox } from '../../components/checkbox.js'
import { Field } from '../../components/field.js'
import { IconButton } from '../../components/icon-button.js'
import { Select } from '../../components/select.js'
import { TextArea } from '../../components/text-area.js'
import { t } from '../../lib/texts.js'
import { toast } from '../../lib/toasts.js'
import { html, useEffect, useRef } from '../../lib/ui.js'
import { hasOptions, newQuestion, TYPES } from './questions.js'

/** The questions in their order; name, address and message are asked for anyway. */
export function QuestionList({ questions, onChange }) {
  const list = useRef(null)
  const goal = useRef(null)
  useEffect(() => {
    const { at } = goal.current ?? {}
    goal.current = null
    if (at === undefined) return
    const field = list.current.querySelector(`li:nth-child(${Math.min(at + 1, questions.length)}) input`)
    if (field) field.focus()
    else list.current.nextElementSibling.focus()
  }, [questions.length])
  const add = () => {
    goal.current = { at: questions.length }
    onChange([...questions, newQuestion()])
  }
  const change = (at, changes) => onChange(questions.map((one, index) => (index === at ? { ...one, ...changes } : one)))
  const move = (at, by) => {
    const next = [...questions]
    next.splice(at + by, 0, ...next.splice(at, 1))
    onChange(next)
  }
  const remove = (at) => {
    goal.current = { at }
    onChange(questions.filter((_, index) => index !== at))
    toast({ text: t('app.leads.question_gone'), undo: () => onChange(questions) })
  }
  return html`<ol class="question-list" ref=${list}>
      ${questions.map((question, at) => html`<${Question} key=${question.id} ...${{ question, at, many: questions.length, move, remove }}
        onChange=${(changes) => change(at, changes)} />`)}
    </ol>
    <${Button} icon="plus" onPress=${add}>${t('app.leads.add_question')}<//>`
}

function Question({ question, at, many, onChange, move, remove }) {
  const types = TYPES.map((value) => ({ value, label: t(`app.leads.types.${value}`) }))
  return html`<li class="question">
    <div class="question-head">
      <span class="quiet">${t('app.leads.question_number', { number: at + 1 })}</span>
      <span>
        <${IconButton} icon="arrow-up" label=${t('app.leads.move_up')} disabled=${at === 0} onPress=${() => move(at, -1)} />
        <${IconButton} icon="arrow-down" label=${t('app.leads.move_down')} disabled=${at === many - 1} onPress=${() => move(at, 1)} />
        <${IconButton} icon="trash-2" label=${t('app.leads.remove_question')} onPress=${() => remove(at)} />
      </span>
    </div>
    <div class="question-fields">
      <${Field} label=${t('app.leads.label')} value=${question.label} maxlength="200" dir="auto" onType=${(label) => onChange({ label })} />
      <${Select} label=${t('app.leads.type')} value=${question.type} options=${types} onChoose=${(type) => onChange({ type })} />
    </div>
    ${hasOptions(question.type) && html`<${TextArea} label=${t('app.leads.options')} hint=${t('app.leads.options_hint')} value=${question.options} rows=${4} onType=${(options) => onChange({ options })} />`}
    <${Field} label=${t('app.leads.hint')} optional value=${question.hint} maxlength="300" dir="auto" onType=${(hint) => onChange({ hint })} />
    <${Checkbox} label=${t('app.leads.required')} on=${question.required} onSwitch=${(required) => onChange({ required })} />
  </li>`
}
