import { Button } from '../../components/button.js'
import { t } from '../../lib/texts.js'
import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { sendLink } from './link-form.js'

const WAIT_S = 30

/** "Check your mail": where the link went, and how to have it sent again. */
export function CheckMail({ slug, address, heading: Heading = 'h1', onChange }) {
  const [left, setLeft] = useState(WAIT_S)
  const [news, setNews] = useState('')
  const head = useRef(null)
  useEffect(() => head.current?.focus(), [])
  useEffect(() => {
    if (left === 0) return undefined
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  const again = async () => {
    if (left > 0) return
    setNews('')
    const refused = await sendLink(address, slug)
    setNews(refused || t('portal.entrance.sent_again'))
    setLeft(WAIT_S)
  }
  return html`<div class="check-mail">
    <${Heading} tabindex="-1" ref=${head}>${t('portal.entrance.check_mail')}<//>
    <p>${t('portal.entrance.on_its_way', { address: html`<strong><bdi>${address}</bdi></strong>` })}</p>
    <p class="quiet">${t('portal.entrance.look_elsewhere')}</p>
    <p role="status" class="news">${news}</p>
    <div class="actions">
      <${Button} onPress=${again} aria-disabled=${left > 0}>${left > 0 ? t('portal.entrance.send_again_in', { count: left }) : t('portal.entrance.send_again')}<//>
      <${Button} onPress=${onChange}>${t('portal.entrance.another_address')}<//>
    </div>
  </div>`
}
