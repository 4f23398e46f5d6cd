// The agency's face: the dashboard, and the pages where one signs in.
import { watchForPerson } from '../lib/person.js'
import { html, render } from '../lib/ui.js'
import { App } from './shell/app.js'

const root = document.getElementById('root')
root.replaceChildren()
watchForPerson()
render(html`<${App} />`, root)
