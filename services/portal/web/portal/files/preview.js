import { Button } from '../../components/button.js'
import { Icon } from '../../components/icon.js'
import { IconButton } from '../../components/icon-button.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useState } from '../../lib/ui.js'
import { iconOf } from './file-list.js'
import { usePreview } from './use-preview.js'

/** What a version looks like, page by page; its icon and a download where nothing can be drawn. */
export function Preview({ file, version, portal }) {
  const [page, setPage] = useState(1)
  const [pages, setPages] = useState(1)
  const picture = usePreview(portal.api, { file, version, page })
  useEffect(() => {
    if (picture.pages) setPages(picture.pages)
  }, [picture.pages])
  const turn = (step) => setPage((now) => Math.min(Math.max(now + step, 1), pages))
  const keys = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 1, PageUp: -1 }[event.key]
    if (!step || pages < 2) return
    event.preventDefault()
    turn(step)
  }
  if (picture.phase === 'none') {
    const download = () => portal.actions.download(file, version)
    return html`<div class="preview preview-none">
      <${Icon} name=${iconOf(file)} />
      <p class="quiet">${t('portal.files.no_preview')}</p>
      <${Button} icon="download" onPress=${download}>${t('portal.files.open_download')}<//>
    </div>`
  }
  return html`<div class="preview" role="group" aria-label=${t('portal.files.preview')} tabindex=${pages > 1 ? 0 : undefined} onKeyDown=${keys}>
    <div class="preview-stage" aria-busy=${picture.phase === 'loading'}>
      ${picture.address
        ? html`<img class=${picture.phase === 'loading' ? 'preview-old' : ''} src=${picture.address}
            alt=${pages > 1 ? t('portal.files.page_alt', { name: file.name, page, pages }) : t('portal.files.picture_alt', { name: file.name })} />`
        : picture.phase === 'loading' && html`<div class="bone preview-bone"></div>`}
      ${picture.phase === 'failed' &&
      html`<div class="preview-none" role="alert">
        <p>${t('portal.files.preview_failed')}</p>
        <${Button} onPress=${picture.again}>${t('shared.ui.retry')}<//>
      </div>`}
    </div>
    ${pages > 1 &&
    html`<div class="preview-pages">
      <${IconButton} icon="chevron-left" label=${t('portal.files.page_before')} disabled=${page === 1} onPress=${() => turn(-1)} />
      <span aria-live="polite">${t('portal.files.page_of', { page, pages })}</span>
      <${IconButton} icon="chevron-right" label=${t('portal.files.page_after')} disabled=${page === pages} onPress=${() => turn(1)} />
    </div>`}
  </div>`
}
