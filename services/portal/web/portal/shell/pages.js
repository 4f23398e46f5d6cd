// The portal's pages by the first part of their address, and the sections that lead to them.
//
// A page is `{Page, section, module, nav}`. `Page` gets `id` and `part` of the address, and `portal` (see use-portal.js).
// `module` names the modules of which one must be switched on; without it the page is always there. `nav` makes the page
// the first of its section: its icon, and what of the waiting things (see ../home/waiting.js) its badge counts. Its name
// stands in the texts, under `portal.sections`; a `short` one for the phone under `portal.sections_short`.
import { lazy } from '../../components/lazy.js'
import { HomePage } from '../home/page.js'

export const PAGES = {
  home: { Page: HomePage, section: 'home', nav: { icon: 'house' } },
  projects: {
    Page: lazy(() => import('../projects/page.js')),
    section: 'projects',
    module: ['projects'],
    nav: { icon: 'folder', counts: ['files'] },
  },
  files: { Page: lazy(() => import('../files/page.js')), section: 'projects', module: ['files'] },
  messages: {
    Page: lazy(() => import('../messages/page.js')),
    section: 'messages',
    module: ['messages'],
    nav: { icon: 'message-square', counts: ['messages'] },
  },
  papers: {
    Page: lazy(() => import('../papers/page.js')),
    section: 'papers',
    module: ['proposals', 'invoices'],
    nav: { icon: 'receipt', short: true, counts: ['quotes', 'invoices'] },
  },
  quotes: { Page: lazy(() => import('../quotes/page.js')), section: 'papers', module: ['proposals'] },
  invoices: { Page: lazy(() => import('../invoices/page.js')), section: 'papers', module: ['invoices'] },
  documents: {
    Page: lazy(() => import('../documents/page.js')),
    section: 'documents',
    module: ['contracts', 'files'],
    nav: { icon: 'file-text', counts: ['contracts'] },
  },
  contracts: { Page: lazy(() => import('../contracts/page.js')), section: 'documents', module: ['contracts'] },
  profile: { Page: lazy(() => import('../profile/page.js')), section: 'profile', nav: { icon: 'user' } },
  more: { Page: lazy(() => import('./more.js')), section: 'more' },
}

/** The page at an address, null where there is none or its module is switched off. */
export function pageAt(name, modules) {
  const page = Object.hasOwn(PAGES, name) ? PAGES[name] : null
  return page && isOn(page, modules) ? page : null
}

/** The sections of a portal, in order: [{name, to, icon, short, count}], `count` of what waits there. */
export function sectionsOf(modules, waiting) {
  return Object.entries(PAGES)
    .filter(([, page]) => page.nav && isOn(page, modules))
    .map(([name, { nav: { counts = [], ...nav } }]) => ({
      ...nav,
      name,
      to: name === 'home' ? '#/' : `#/${name}`,
      count: counts.reduce((sum, kind) => sum + waiting[kind].length, 0),
    }))
}

function isOn({ module }, modules) {
  return !module || module.some((one) => modules.includes(one))
}
