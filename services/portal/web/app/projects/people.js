import { Avatar } from '../../components/avatar.js'
import { Card } from '../../components/card.js'
import { Link } from '../../components/link.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useNames } from '../lib/names.js'

const MOST = 6

/** Whom the project is for, and who of the agency was lately at it. */
export function People({ client, activity }) {
  const ids = [...new Set(activity.rows.filter(({ actor }) => actor.kind === 'member').map(({ actor }) => actor.id))].slice(0, MOST)
  const memberOf = useNames('members', ids)
  const members = ids.map(memberOf).filter(Boolean)
  return html`<${Card} title=${t('app.projects.people')}>
    <ul class="people">
      ${client && html`<li key=${client.id}><${Person} name=${html`<${Link} to=${`/app/clients/${client.id}`}
        dir="auto">${client.name}<//>`} initials=${client.name} role=${t('app.projects.client')} /></li>`}
      ${members.map(({ id, name }) => html`<li key=${id}><${Person} name=${html`<bdi>${name}</bdi>`} initials=${name} role=${t('app.projects.agency')} /></li>`)}
    </ul>
  <//>`
}

function Person({ name, initials, role }) {
  return html`<span class="person"><${Avatar} name=${initials} size="small" /><span class="person-words"><span>${name}</span><span
    class="quiet">${role}</span></span></span>`
}
