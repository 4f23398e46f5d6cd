// One file: what it looks like, who decided what about it, and what is said.
import { ErrorState } from '../../components/error-state.js'
import { LinkButton } from '../../components/link-button.js'
import { NothingHere } from '../../components/nothing-here.js'
import { PageHead } from '../../components/page-head.js'
import { Skeleton } from '../../components/skeleton.js'
import { t } from '../../lib/texts.js'
import { html, useState } from '../../lib/ui.js'
import { useLive } from '../lib/live.js'
import { useNames } from '../lib/names.js'
import { useOne } from '../lib/use-one.js'
import { useTitle } from '../lib/use-title.js'
import { Comments } from './comments.js'
import { FileFacts } from './file-facts.js'
import { FileMenu } from './file-menu.js'
import { NewVersion } from './new-version.js'
import { Preview } from './preview.js'
import { Review } from './review.js'
import { Signature } from './signature.js'
import { FileStatus } from './status.js'
import { Versions } from './versions.js'

export default function FilePage({ id }) {
  const file = useOne(`/api/files/${id}`)
  const [version, setVersion] = useState(null)
  const projectOf = useNames('projects', [file.value?.projectId])
  useTitle(file.value?.name)
  useLive(['file.'], ({ data }) => data.id === id && file.reload())
  if (file.phase === 'missing') return html`<${NothingHere} home="/app" />`
  if (file.phase === 'failed') return html`<main id="main" tabindex="-1"><${ErrorState} onRetry=${file.reload} /></main>`
  if (file.phase === 'loading') return html`<${Skeleton} shape="sheet" count=${1} />`
  const { value, set } = file
  const project = projectOf(value.projectId)
  const shown = version ?? value.version
  const content = shown === value.version ? `/api/files/${id}/content` : `/api/files/${id}/content?version=${shown}`
  return html`<main id="main" tabindex="-1">
    <${PageHead} title=${value.name} badge=${html`<${FileStatus} status=${value.status} />`} back=${backTo(value, project)}
      actions=${html`<${LinkButton} kind="primary" icon="download" href=${content} download=${value.name}>${t('app.files.download')}<//>
        <${FileMenu} file=${value} onChange=${set} />`} />
    <div class="file-page">
      <div class="file-main">
        <${Preview} key=${`${id}/${shown}`} file=${value} version=${shown} />
        <${Comments} file=${value} version=${shown} />
      </div>
      <div class="file-side">
        <${Review} file=${value} onChange=${set} />
        ${value.signature && html`<${Signature} file=${value} />`}
        <${FileFacts} file=${value} onChange=${set} />
        <${Versions} file=${value} shown=${shown} onShow=${setVersion} />
        ${value.status !== 'signed' && html`<${NewVersion} file=${value} onThere=${file.reload} />`}
      </div>
    </div>
  </main>`
}

function backTo(file, project) {
  if (!file.projectId) return { to: `/app/clients/${file.clientId}`, name: t('app.files.back_to_client') }
  return { to: `/app/projects/${file.projectId}/files`, name: project?.name ?? t('app.projects.parts.files') }
}
