// Every component with its states, to look at them side by side.
import { Button } from '../../components/button.js'
import { PageHead } from '../../components/page-head.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { Controls } from './controls.js'
import { Over } from './over.js'
import { Shown } from './shown.js'

export default function ComponentsPage() {
  const [rtl, setRtl] = useState(false)
  const { dataset } = document.documentElement
  const turn = () => {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches
    dataset.theme = (dataset.theme ?? (dark ? 'dark' : 'light')) === 'dark' ? 'light' : 'dark'
  }
  const actions = html`<${Button} icon="sun" onPress=${turn}>${t('app.components.scheme')}<//>
    <${Button} icon="languages" aria-pressed=${rtl} onPress=${() => setRtl(!rtl)}>${t('app.components.direction')}<//>`
  return html`<main id="main" tabindex="-1" dir=${rtl ? 'rtl' : 'ltr'}>
    <${PageHead} title=${t('app.components.title')} lead=${t('app.components.lead')} actions=${actions} />
    <div class="parts"><${Controls} /><${Shown} /><${Over} /></div>
  </main>`
}
