import { Icon } from '../../../components/icon.js'
import { IconButton } from '../../../components/icon-button.js'
import { Kbd } from '../../../components/kbd.js'
import { t } from '../../../lib/texts.js'
import { html, useEffect, useId, useRef } from '../../../lib/ui.js'
import { useModal } from '../../../lib/use-modal.js'
import { usePalette } from './use-palette.js'

/** Search and commands over every page. */
export function Palette({ open, onClose, onHelp, onAppearance }) {
  const dialog = useModal(open, onClose)
  const beside = (event) => event.target === dialog.current && onClose()
  return html`<dialog class="palette" ref=${dialog} aria-label=${t('app.shell.palette')} onClick=${beside}>
    ${open && html`<${Inside} ...${{ onClose, onHelp, onAppearance }} />`}
  </dialog>`
}

function Inside(props) {
  const id = useId()
  const palette = usePalette(props)
  const { text, groups, options, at, phase } = palette
  const field = useRef(null)
  useEffect(() => field.current.focus(), [])
  const idOf = (option) => `${id}-${options.indexOf(option)}`
  return html`<div class="palette-inside">
    <div class="palette-field">
      <${Icon} name=${phase === 'busy' ? 'loader-circle' : 'search'} turning=${phase === 'busy'} />
      <input ref=${field} role="combobox" aria-label=${t('app.shell.palette')} placeholder=${t('app.shell.palette')} autocomplete="off" spellcheck=${false}
        dir="auto" maxlength="200" enterkeyhint="go" value=${text} aria-expanded="true" aria-controls=${`${id}-list`} aria-autocomplete="list"
        aria-activedescendant=${options[at] ? `${id}-${at}` : undefined}
        onInput=${(event) => palette.type(event.target.value)} onKeyDown=${palette.press} />
      <${IconButton} icon="x" label=${t('shared.ui.close')} onPress=${props.onClose} />
    </div>
    <div class="palette-list" id=${`${id}-list`} role="listbox" aria-label=${t('app.shell.palette_list')}>
      ${groups.map((group, index) => html`<div role="group" key=${group.name} aria-labelledby=${`${id}-group-${index}`}>
        <p class="palette-group" id=${`${id}-group-${index}`} role="presentation">${group.name}</p>
        ${group.options.map((option) => html`<${Option} key=${option.value} id=${idOf(option)} ...${{ option }}
          active=${options[at] === option} onChoose=${() => palette.choose(option)} />`)}
      </div>`)}
    </div>
    ${phase === 'failed' && html`<p class="palette-note complaint">${t('shared.ui.search_failed')}</p>`}
    <span class="visually-hidden" role="status">${phase === 'ready' ? t('shared.ui.matches', { count: palette.count }) : ''}</span>
  </div>`
}

function Option({ id, option, active, onChoose }) {
  const element = useRef(null)
  useEffect(() => {
    if (active) element.current.scrollIntoView({ block: 'nearest' })
  }, [active])
  const hold = (event) => event.preventDefault()
  return html`<div ref=${element} role="option" id=${id} class=${active ? 'palette-option palette-active' : 'palette-option'} aria-selected=${active}
    onMouseDown=${hold} onClick=${onChoose}>
    <${Icon} name=${option.icon} />
    <span class="palette-label one-line"><bdi>${option.label}</bdi></span>
    ${option.hint && html`<span class="palette-hint quiet one-line"><bdi>${option.hint}</bdi></span>`}
    ${option.keys && html`<span class="palette-keys" aria-hidden="true"><${Kbd} keys=${option.keys} /></span>`}
  </div>`
}
