// What can be done from the palette without looking for anything.
import { goTo } from '../../../lib/place.js'
import { t } from '../../../lib/texts.js'
import { signOut } from '../../lib/session.js'
import { BEGINNINGS, SECTIONS } from '../sections.js'

/** Groups of commands: {name, options: [{value, label, icon, keys, run}]}. */
export function commands({ onHelp, onAppearance }) {
  const led = (first) => (one) => ({ value: one.to, label: t(one.name), icon: one.icon, keys: `${first} ${one.key.toUpperCase()}`, run: () => goTo(one.to) })
  return [
    { name: t('app.shell.keys_begin'), options: BEGINNINGS.map(led('N')) },
    { name: t('app.shell.keys_go'), options: SECTIONS.map(led('G')) },
    {
      name: t('app.shell.more'),
      options: [
        { value: 'security', label: t('app.shell.profile'), icon: 'user', run: () => goTo('/app/settings/security') },
        { value: 'appearance', label: t('app.shell.appearance'), icon: 'sun', run: onAppearance },
        { value: 'help', label: t('app.shell.shortcuts'), icon: 'command', keys: '?', run: onHelp },
        { value: 'sign-out', label: t('app.shell.sign_out'), icon: 'log-out', run: signOut },
      ],
    },
  ]
}

/** The commands whose names have every word that was typed, at the beginning of a word. */
export function narrowed(groups, text) {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const fits = ({ label }) => {
    const parts = label.toLocaleLowerCase().split(/[\s/()-]+/)
    return words.every((word) => parts.some((part) => part.startsWith(word)))
  }
  return groups.map((group) => ({ ...group, options: group.options.filter(fits) })).filter(({ options }) => options.length > 0)
}
