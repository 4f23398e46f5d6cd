// Webhooks: who is told of events, and what came of it.
import { html } from '../../lib/ui.js'
import { Endpoints } from './endpoints.js'
import { Deliveries } from './deliveries.js'
import { Delivery } from './delivery.js'

export default function Webhooks({ id }) {
  if (id) return html`<${Delivery} id=${id} />`
  return html`<${Endpoints} /><${Deliveries} />`
}
