// An agency's portal for those who sign in: its pages before one is inside, and the portal itself.
import { MessagePage } from '../../components/message-page.js'
import { Skeleton } from '../../components/skeleton.js'
import { tellTabs } from '../../lib/tabs.js'
import { t } from '../../lib/texts.js'
import { html } from '../../lib/ui.js'
import { useEntrance } from './use-entrance.js'
import { useWelcome } from './use-welcome.js'
import { ClosedPage } from './closed.js'
import { FailedPage } from '../../components/failed-page.js'
import { MagicLinkPage } from './magic-link.js'
import { Portal } from '../shell/portal.js'
import { SignInPage } from './sign-in.js'

export function EntrancePage({ slug, hasCookie }) {
  const entrance = useEntrance(slug, hasCookie)
  const { stage } = entrance
  const atTheDoor = stage.at === 'link' || stage.at === 'outside'
  const welcome = useWelcome(slug, atTheDoor)

  if (stage.at === 'inside') {
    const signedOut = (client) => {
      entrance.signedOut()
      tellTabs({ what: 'signed-out', clientId: client.id })
    }
    const ended = () => entrance.goOut(stage.door.isForeign() ? null : 'ended')
    return html`<${Portal} key=${stage.door} door=${stage.door} onEnded=${ended} onSignedOut=${signedOut} />`
  }
  if (stage.at === 'closed') return html`<${ClosedPage} onRetry=${entrance.tryAgain} />`
  if (stage.at === 'failed') return html`<${FailedPage} onRetry=${entrance.tryAgain} />`
  if (!atTheDoor) return html`<${Skeleton} />`
  if (stage.at === 'link') {
    return html`<${MagicLinkPage} key=${stage.secret} welcome=${welcome.welcome} onOpen=${() => entrance.open(stage)} />`
  }
  return html`<${Outside} welcome=${welcome} reason=${stage.reason} />`
}

function Outside({ welcome, reason }) {
  if (welcome.phase === 'loading') return html`<${Skeleton} />`
  if (welcome.phase === 'failed') return html`<${FailedPage} onRetry=${welcome.load} />`
  if (welcome.phase === 'missing') {
    return html`<${MessagePage} title=${t('portal.entrance.no_portal')}>
      ${t('portal.entrance.no_portal_text')}
    <//>`
  }
  if (!welcome.welcome.is_active) return html`<${ClosedPage} onRetry=${welcome.load} />`
  return html`<${SignInPage} key=${reason} welcome=${welcome.welcome} reason=${reason} />`
}
