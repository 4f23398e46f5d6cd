// The parts of the settings, each a module of its own. `admin`: only owners and admins have it.
import { Bones } from '../../components/bones.js'
import { ErrorState } from '../../components/error-state.js'
import { lazy } from '../../components/lazy.js'
import { html } from '../../lib/ui.js'

const Failed = ({ onRetry }) => html`<${ErrorState} level=${2} onRetry=${onRetry} />`
const part = (fetchModule) => lazy(fetchModule, Bones, Failed)

export const PARTS = [
  { key: 'agency', icon: 'building-2', admin: true, Part: part(() => import('./agency.js')) },
  { key: 'branding', icon: 'palette', admin: true, Part: part(() => import('./branding.js')) },
  { key: 'portal', icon: 'globe', admin: true, Part: part(() => import('./portal.js')) },
  { key: 'team', icon: 'users', Part: part(() => import('./team.js')) },
  { key: 'payments', icon: 'credit-card', admin: true, Part: part(() => import('./payments.js')) },
  { key: 'reminders', icon: 'bell', admin: true, Part: part(() => import('./reminders.js')) },
  { key: 'time', icon: 'clock', admin: true, Part: part(() => import('./time.js')) },
  { key: 'keys', icon: 'key', admin: true, Part: part(() => import('./keys.js')) },
  { key: 'webhooks', icon: 'webhook', admin: true, Part: part(() => import('./webhooks.js')) },
  { key: 'data', icon: 'archive', admin: true, Part: part(() => import('./data.js')) },
  { key: 'notifications', icon: 'mail', mine: true, Part: part(() => import('./notifications.js')) },
  { key: 'security', icon: 'shield', mine: true, Part: part(() => import('./security.js')) },
]
