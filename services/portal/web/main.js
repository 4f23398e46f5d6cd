// Opens the portal that the address names.
import { openApi } from './lib/api.js'
import { takeToken } from './lib/place.js'
import { html, render } from './lib/ui.js'
import { EndedPage, Portal } from './pages/portal.js'

const token = takeToken()
const root = document.getElementById('root')
root.replaceChildren()
render(token ? html`<${Portal} api=${openApi(token)} />` : html`<${EndedPage} />`, root)
