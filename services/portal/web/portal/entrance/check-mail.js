import { html, useEffect, useRef, useState } from '../../lib/ui.js'
import { Button } from '../../components/button.js'
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
    setNews(refused || 'Sent again.')
    setLeft(WAIT_S)
  }
  return html`<div class="check-mail">
    <${Heading} tabindex="-1" ref=${head}>Check your mail<//>
    <p>
      If <strong><bdi>${address}</bdi></strong> is an address of one of our clients, a link is on its way.
      It works once and not for long, so open it soon.
    </p>
    <p class="quiet">Nothing there? Look among unwanted mail too.</p>
    <p role="status" class="news">${news}</p>
    <div class="actions">
      <${Button} onPress=${again} aria-disabled=${left > 0}>${left > 0 ? `Send again in ${left} s` : 'Send again'}<//>
      <${Button} onPress=${onChange}>Use another address<//>
    </div>
  </div>`
}
