import { Button } from '../../components/button.js'
import { Checkbox } from '../../components/checkbox.js'
import { Chips } from '../../components/chips.js'
import { Combobox } from '../../components/combobox.js'
import { CopyField } from '../../components/copy-field.js'
import { DateField } from '../../components/date-field.js'
import { DropZone } from '../../components/drop-zone.js'
import { Field } from '../../components/field.js'
import { IconButton } from '../../components/icon-button.js'
import { LinkButton } from '../../components/link-button.js'
import { MoneyField } from '../../components/money-field.js'
import { PasswordField } from '../../components/password-field.js'
import { RadioGroup } from '../../components/radio-group.js'
import { SearchField } from '../../components/search-field.js'
import { Select } from '../../components/select.js'
import { Switch } from '../../components/switch.js'
import { TextArea } from '../../components/text-area.js'
import { html, useState } from '../../lib/ui.js'
import { Part } from './part.js'
import { LONG, PEOPLE } from './samples.js'

const wait = () => new Promise((resolve) => setTimeout(resolve, 1500))
const nothing = () => {}

export function Controls() {
  return html`<${Buttons} /><${Texts} /><${Finding} /><${Choices} />`
}

function Buttons() {
  return html`<${Part} name="Button">
    <div class="actions">
      <${Button} kind="primary" icon="send" onPress=${wait}>Send invoice<//>
      <${Button} icon="download" onPress=${wait}>Download<//>
      <${Button} kind="danger" onPress=${wait}>Delete<//>
      <${Button} kind="plain" onPress=${wait}>Not now<//>
    </div>
    <div class="actions">
      <${Button} kind="primary" busy icon="check">Saving<//>
      <${Button} disabled>Cannot be pressed<//>
      <${LinkButton} to="/app/components" icon="plus">A link<//>
      <${IconButton} icon="pencil" label="Edit" onPress=${wait} />
      <${IconButton} icon="trash-2" label="Delete" disabled />
    </div>
    <${Button}>${LONG}<//>
  <//>`
}

function Texts() {
  const [name, setName] = useState('Ada Lovelace')
  const [note, setNote] = useState('')
  const [amount, setAmount] = useState('1250.00')
  const [on, setOn] = useState('2026-03-01')
  const [password, setPassword] = useState('')
  return html`<${Part} name="Field, TextArea, MoneyField, DateField, PasswordField">
    <div class="fields">
      <${Field} label="Name" value=${name} onType=${setName} hint="As it stands on invoices." />
      <${Field} label="E-mail" type="email" icon="mail" value="ada@" onType=${nothing} complaint="Enter the whole address." optional />
      <${Field} label="Locked" value="Cannot be changed" onType=${nothing} disabled />
      <${TextArea} label="Note" value=${note} onType=${setNote} placeholder="What the client should know" rows=${3} />
      <div class="fields-row">
        <${MoneyField} label="Amount" currency="EUR" value=${amount} onType=${setAmount} />
        <${DateField} label="Due on" value=${on} onType=${setOn} />
      </div>
      <${PasswordField} label="Password" value=${password} onType=${setPassword} />
    </div>
  <//>`
}

function Finding() {
  const [person, setPerson] = useState(null)
  const [text, setText] = useState('Ada')
  const [country, setCountry] = useState('de')
  const search = async (typed) => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    return PEOPLE.filter(({ label, hint }) => `${label} ${hint}`.toLowerCase().includes(typed.toLowerCase()))
  }
  const countries = [
    { value: 'de', label: 'Germany' },
    { value: 'fr', label: 'France' },
    { value: 'ar', label: 'Argentina' },
  ]
  return html`<${Part} name="SearchField, Select, Combobox, CopyField, DropZone">
    <div class="fields">
      <${SearchField} label="Search clients" value=${text} onType=${setText} />
      <${Select} label="Country" value=${country} onChoose=${setCountry} options=${countries} empty="Anywhere" />
      <${Combobox} label="Client" value=${person} search=${search} onChoose=${setPerson} placeholder="Type a name" hint="Found by name or address." />
      <${CopyField} label="Portal link" value="https://portal.example.test/client-portal/4f9a81c2" />
      <${DropZone} multiple onFiles=${nothing} />
    </div>
  <//>`
}

function Choices() {
  const [ticked, setTicked] = useState(true)
  const [mails, setMails] = useState(true)
  const [how, setHow] = useState('draw')
  const [state, setState] = useState('all')
  const ways = [
    { value: 'draw', label: 'Draw', hint: 'With a finger or the mouse.' },
    { value: 'type', label: 'Type', hint: 'Your name in a hand of its own.' },
  ]
  const states = [
    { value: 'all', label: 'All', count: 42 },
    { value: 'due', label: 'To pay', count: 7 },
    { value: 'paid', label: 'Paid', count: 35 },
  ]
  return html`<${Part} name="Checkbox, Switch, RadioGroup, Chips">
    <${Chips} label="State" options=${states} value=${state} onChoose=${setState} />
    <${Checkbox} label="Send it by e-mail too" on=${ticked} onSwitch=${setTicked} hint="At the address of the client." />
    <${Checkbox} label="I agree to sign electronically" on=${false} onSwitch=${nothing} complaint="Tick this to go on." />
    <${Switch} label="Reminders" hint="Three days before an invoice is due." on=${mails} onSwitch=${setMails} />
    <${Switch} label="Not for you" hint="Only owners may change this." on=${false} disabled onSwitch=${nothing} />
    <${RadioGroup} label="How to sign" cards options=${ways} value=${how} onChoose=${setHow} />
    <${RadioGroup} label="Which one" options=${ways} value=${how} onChoose=${setHow} complaint="Choose one of them." />
  <//>`
}
