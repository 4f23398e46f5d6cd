// The agency's face: the dashboard, and the pages where one signs in.
import { watchForPerson } from '../lib/person.js'
import { html, render } from '../lib/ui.js'
import { App } from './shell/app.js'

// A file dropped beside its place would take the place of the page, and of all that is on its way.
for (const type of ['dragover', 'drop']) {
  addEventListener(type, (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'none'
  })
}

const root = document.getElementById('root')
root.replaceChildren()
watchForPerson()
render(html`<${App} />`, root)
