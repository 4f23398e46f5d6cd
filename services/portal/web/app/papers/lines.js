import { Button } from '../../components/button.js'
import { Kbd } from '../../components/kbd.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { Line } from './line.js'
import { useLines } from './use-lines.js'

/** What a paper charges for, line by line, all of it by keyboard. */
export function Lines({ paper, canBeOptional = false }) {
  const { values, change, complaints, amounts } = paper
  const lines = useLines(values.lines, (next) => change((before) => ({ lines: next(before.lines) })))
  return html`<section class="paper-part" aria-labelledby="lines-head">
    <h2 id="lines-head">${t('app.papers.lines')}</h2>
    <ol class="lines" ref=${lines.list} data-lines onKeyDown=${lines.press}>
      ${values.lines.map((line, at) => html`<${Line} key=${line.key} ...${{ line, at, complaints, canBeOptional, lines }} of=${values.lines.length}
        currency=${values.currency} amount=${amounts[at]} onChange=${(changes) => lines.change(at, changes)} />`)}
    </ol>
    ${complaints.lines && html`<p class="complaint" role="alert">${complaints.lines}</p>`}
    <div class="lines-foot">
      <${Button} icon="plus" onPress=${() => lines.add()}>${t('app.papers.add_line')}<//>
      <p class="quiet lines-keys">
        <span><${Kbd} keys="Enter" /> ${t('app.papers.key_adds')}</span>
        <span><${Kbd} keys="Alt ArrowUp ArrowDown" /> ${t('app.papers.key_moves')}</span>
      </p>
    </div>
    <p class="visually-hidden" role="status">${lines.said}</p>
  </section>`
}
