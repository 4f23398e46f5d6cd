import { EmptyState } from '../../components/empty-state.js'
import { IconButton } from '../../components/icon-button.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { useOne } from '../lib/use-one.js'
import { iconOf } from './status.js'

const WIDTH = 1280
const DRAWN = /^(image\/(png|jpeg|gif|webp|tiff|avif)|application\/pdf)$/

/** A picture of a file as the server draws it, page by page; in words where it draws none. */
export function Preview({ file, version }) {
  const [page, setPage] = useState(1)
  const path = `/api/files/${file.id}/preview`
  const query = { page, width: WIDTH, version }
  const isDrawn = DRAWN.test(file.mimeType)
  const facts = useOne(isDrawn ? path : null, { ...query, format: 'json' })
  const last = useRef(null)
  if (facts.value) last.current = facts.value
  const [broken, setBroken] = useState(false)
  const picture = useRef(null)
  const size = last.current
  useEffect(() => {
    picture.current?.style.setProperty('--ratio', `${size.width} / ${size.height}`)
  }, [size])
  if (broken || !isDrawn || (!size && facts.phase !== 'loading')) {
    return html`<div class="preview preview-none"><${EmptyState} icon=${iconOf(file.mimeType)} title=${t('app.files.no_preview')} text=${t('app.files.no_preview_text')} /></div>`
  }
  if (!size) return html`<div class="preview"><div class="bone bone-sheet" aria-hidden="true"></div></div>`
  const alt = size.pages > 1 ? t('app.files.page_of_file', { name: file.name, page, pages: size.pages }) : t('app.files.picture_of', { name: file.name })
  return html`<figure class="preview">
    <div class="preview-ground" ref=${picture}>
      <img src=${`${path}?${new URLSearchParams(query)}`} alt=${alt} width=${size.width} height=${size.height} onError=${() => setBroken(true)} />
    </div>
    ${size.pages > 1 && html`<figcaption class="pager" role="group" aria-label=${t('app.files.pages')}>
      <${IconButton} icon="chevron-left" label=${t('app.files.page_before')} disabled=${page === 1} onPress=${() => setPage(page - 1)} />
      <span role="status">${t('app.files.page_of', { page, pages: size.pages })}</span>
      <${IconButton} icon="chevron-right" label=${t('app.files.page_after')} disabled=${page === size.pages} onPress=${() => setPage(page + 1)} />
    </figcaption>`}
  </figure>`
}
