import { Avatar } from '../../components/avatar.js'
import { Badge } from '../../components/badge.js'
import { IconButton } from '../../components/icon-button.js'
import { When } from '../../components/when.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { me } from '../lib/session.js'

export function Comment({ comment, current, onDelete }) {
  const { author, content, visibility, version, createdAt } = comment
  return html`<article class=${`comment comment-${visibility}`}>
    <${Avatar} name=${author.name} size="small" />
    <div class="comment-words">
      <p class="comment-by">
        <strong><bdi>${author.name}</bdi></strong>
        <span class="quiet"><${When} at=${createdAt} relative />${version !== current && ` · ${t('app.files.on_version', { version })}`}</span>
        ${visibility === 'internal' && html`<${Badge} tone="warning">${t('app.files.internal')}<//>`}
      </p>
      <p class="long-text" dir="auto">${content}</p>
    </div>
    ${author.id === me.value.user.id && html`<${IconButton} icon="trash-2" label=${t('app.files.delete_comment')} onPress=${onDelete} />`}
  </article>`
}
