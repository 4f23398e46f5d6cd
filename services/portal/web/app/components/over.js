import { ActionBar } from '../../components/action-bar.js'
import { Bones } from '../../components/bones.js'
import { Button } from '../../components/button.js'
import { Combobox } from '../../components/combobox.js'
import { ConfirmDialog } from '../../components/confirm-dialog.js'
import { Dialog } from '../../components/dialog.js'
import { Drawer } from '../../components/drawer.js'
import { EmptyState } from '../../components/empty-state.js'
import { ErrorState } from '../../components/error-state.js'
import { Field } from '../../components/field.js'
import { Menu } from '../../components/menu.js'
import { NoticeBox } from '../../components/notice.js'
import { SearchField } from '../../components/search-field.js'
import { toast } from '../../lib/toasts.js'
import { html, useState } from '../../lib/ui.js'
import { Part } from './part.js'
import { LONG, PEOPLE } from './samples.js'

const TONES = ['success', 'warning', 'danger', 'info']
const wait = () => new Promise((resolve) => setTimeout(resolve, 800))

export function Over() {
  return html`<${Windows} /><${Said} /><${States} />`
}

function Windows() {
  const [open, setOpen] = useState('')
  const [name, setName] = useState('')
  const [person, setPerson] = useState(null)
  const close = () => setOpen('')
  const save = (event) => {
    event.preventDefault()
    close()
    toast({ text: `Saved: ${name}` })
  }
  const items = [
    { label: 'Edit', icon: 'pencil', onPress: () => setOpen('dialog') },
    { label: 'Copy link', icon: 'link', onPress: () => toast({ text: 'Link copied.' }) },
    { label: 'Not possible now', icon: 'lock', disabled: true },
    { label: 'Delete', icon: 'trash-2', tone: 'danger', onPress: () => setOpen('confirm') },
  ]
  return html`<${Part} name="Dialog, ConfirmDialog, Drawer, Menu, Toasts">
    <div class="actions">
      <${Button} onPress=${() => setOpen('dialog')}>Open a dialog<//>
      <${Button} onPress=${() => setOpen('confirm')}>Ask first<//>
      <${Button} onPress=${() => setOpen('drawer')}>Open a drawer<//>
      <${Menu} items=${items}>More<//>
      <${Menu} label="More of this" items=${items} />
    </div>
    <div class="actions">
      <${Button} onPress=${() => toast({ text: 'Saved.', undo: wait })}>Good news with undo<//>
      <${Button} onPress=${() => toast({ tone: 'danger', text: `Not sent: ${LONG}` })}>Bad news<//>
    </div>
    <${Dialog} title="Edit the client" open=${open === 'dialog'} onClose=${close}
      onSubmit=${save} actions=${html`<${Button} onPress=${close}>Cancel<//><${Button} kind="primary" type="submit">Save<//>`}>
      <${Field} label="Name of the client" value=${name} onType=${setName} />
      <${Button} onPress=${() => toast({ text: 'Cleared.', undo: () => setName(name) }) && setName('')}>Clear the name<//>
    <//>
    <${ConfirmDialog} title="Delete this client?" text="Their portal closes at once. Invoices stay." confirm="Delete"
      open=${open === 'confirm'} onConfirm=${wait} onClose=${close} />
    <${Drawer} title="Filters" open=${open === 'drawer'} onClose=${close}>
      <div class="fields">
        <${SearchField} label="Search filters" value=${name} onType=${setName} />
        <${Combobox} label="Person" value=${person} search=${async () => PEOPLE} onChoose=${setPerson} />
      </div>
    <//>
  <//>`
}

function Said() {
  return html`<${Part} name="Notice">
    ${TONES.map((tone) => html`<${NoticeBox} key=${tone} tone=${tone} title=${`Of the tone ${tone}`} onClose=${() => {}}>
      What happened, what is safe, and what to do.
    <//>`)}
  <//>`
}

function States() {
  return html`<${Part} name="EmptyState, ErrorState, Bones, ActionBar" wide>
    <div class="cards">
      <div class="card"><${EmptyState} icon="folder" title="No projects yet" text="A project holds files, messages and updates." level=${3}
        action=${html`<${Button} kind="primary" icon="plus">New project<//>`} /></div>
      <div class="card"><${ErrorState} level=${3} onRetry=${wait} /></div>
      <div class="card"><div class="rows"><${Bones} shape="rows" count=${2} /><${Bones} shape="text" count=${3} /></div></div>
    </div>
    <${ActionBar} label="Answer"><${Button} kind="primary">Accept<//><${Button}>Request changes<//><${Button} kind="plain">Decline<//><//>
  <//>`
}
