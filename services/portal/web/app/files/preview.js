import { EmptyState } from '../../components/empty-state.js'
import { IconButton } from '../../components/icon-button.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { useOne } from '../lib/use-one.js'
import { iconOf } from './status.js'

const DRAWN = /^(image\/(png|jpeg|gif|webp|tiff|avif)|application\/pdf)$/

/** A picture of a file as the server draws it, page by page; in words where it draws none. */
export function Preview({ file, version }) {
  const isDrawn = DRAWN.test(file.mimeType)
  const { phase, value } = useOne(isDrawn ? `/api/files/${file.id}/pages` : null, { version })
  const [broken, setBroken] = useState(false)
  if (!isDrawn || broken || phase === 'missing' || phase === 'failed') {
    return html`<div class="preview"><${EmptyState} icon=${iconOf(file.mimeType)} title=${t('app.files.no_preview')} text=${t('app.files.no_preview_text')} /></div>`
  }
  if (!value) return html`<div class="preview"><div class="bone bone-sheet" aria-hidden="true"></div></div>`
  return html`<${Pages} ...${{ file, version }} size=${value} onBroken=${() => setBroken(true)} />`
}

function Pages({ file, version, size, onBroken }) {
  const [page, setPage] = useState(1)
  const ground = useRef(null)
  // The first page says how much room there is to be; others may be of another shape.
  useEffect(() => {
    ground.current.style.setProperty('--ratio', page === 1 ? `${size.width} / ${size.height}` : 'auto')
  }, [page])
  const { pages } = size
  const alt = pages > 1 ? t('app.files.page_of_file', { name: file.name, page, pages }) : t('app.files.picture_of', { name: file.name })
  return html`<figure class="preview">
    <div class="preview-ground" ref=${ground}>
      <img src=${`/api/files/${file.id}/preview?page=${page}&version=${version}`} alt=${alt} width=${size.width} height=${size.height} onError=${onBroken} />
    </div>
    ${pages > 1 && html`<figcaption class="pager" role="group" aria-label=${t('app.files.pages')}>
      <${IconButton} icon="chevron-left" label=${t('app.files.page_before')} disabled=${page === 1} onPress=${() => setPage(page - 1)} />
      <span role="status">${t('app.files.page_of', { page, pages })}</span>
      <${IconButton} icon="chevron-right" label=${t('app.files.page_after')} disabled=${page === pages} onPress=${() => setPage(page + 1)} />
    </figcaption>`}
  </figure>`
}
