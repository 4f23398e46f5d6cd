import { Button } from '../../components/button.js'
import { Menu } from '../../components/menu.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { changeStatus } from './change-status.js'
import { canComplete, nextOf } from './status.js'

const ICONS = { active: 'play', on_hold: 'pause', archived: 'archive' }

/** What can be done with a project from each of its parts. */
export function ProjectActions({ project, primary, onChange, onComplete }) {
  const items = [
    ...nextOf(project.status).map((status) => ({
      label: t(`app.projects.become.${status}`),
      icon: ICONS[status],
      onPress: () => changeStatus(project, status, onChange),
    })),
    { label: t('app.projects.edit'), icon: 'pencil', to: `/app/projects/${project.id}/settings` },
  ]
  return html`${canComplete(project.status) &&
    html`<${Button} kind=${primary ? 'primary' : 'quiet'} icon="circle-check" onPress=${onComplete}>${t('app.projects.complete')}<//>`}
    <${Menu} label=${t('shared.ui.actions')} items=${items} />`
}
