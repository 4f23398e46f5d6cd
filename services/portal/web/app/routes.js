// Which page lies under which address. Each page is a module of its own, fetched when it is first opened.
import { lazy } from '../components/lazy.js'

const page = (fetchModule) => lazy(fetchModule)
const project = page(() => import('./projects/project.js'))
const inbox = page(() => import('./inbox/page.js'))
const settings = page(() => import('./settings/page.js'))

/** Open to those who are not signed in. */
export const DOORS = [
  ['/app/sign-in', page(() => import('./entrance/sign-in.js'))],
  ['/app/register', page(() => import('./entrance/register.js'))],
  ['/app/forgot-password', page(() => import('./entrance/forgot-password.js'))],
  ['/app/reset-password', page(() => import('./entrance/reset-password.js'))],
  ['/app/invitation', page(() => import('./entrance/invitation.js'))],
]

/**
 * `:name` gives the page a property of that name. A page stays on show while those properties stay the same that come
 * third; without them, while its address does.
 */
export const PAGES = [
  ['/app', page(() => import('./home/page.js'))],
  ['/app/clients', page(() => import('./clients/page.js'))],
  ['/app/clients/:id', page(() => import('./clients/client.js'))],
  ['/app/companies/:id', page(() => import('./clients/company.js'))],
  ['/app/projects', page(() => import('./projects/page.js'))],
  ['/app/projects/:id', project, ['id']],
  ['/app/projects/:id/:part', project, ['id']],
  ['/app/files/:id', page(() => import('./files/page.js'))],
  ['/app/inbox', inbox, []],
  ['/app/inbox/:id', inbox, []],
  ['/app/quotes', page(() => import('./quotes/page.js'))],
  ['/app/quotes/new', page(() => import('./quotes/editor.js'))],
  ['/app/quotes/:id', page(() => import('./quotes/quote.js'))],
  ['/app/quotes/:id/edit', page(() => import('./quotes/editor.js'))],
  ['/app/contracts', page(() => import('./contracts/page.js'))],
  ['/app/contracts/new', page(() => import('./contracts/editor.js'))],
  ['/app/contracts/templates', page(() => import('./contracts/templates.js'))],
  ['/app/contracts/templates/:id', page(() => import('./contracts/template.js'))],
  ['/app/contracts/:id', page(() => import('./contracts/contract.js'))],
  ['/app/contracts/:id/edit', page(() => import('./contracts/editor.js'))],
  ['/app/invoices', page(() => import('./invoices/page.js'))],
  ['/app/invoices/new', page(() => import('./invoices/editor.js'))],
  ['/app/invoices/recurring', page(() => import('./invoices/recurring.js'))],
  ['/app/invoices/recurring/new', page(() => import('./invoices/recurring-editor.js'))],
  ['/app/invoices/recurring/:id', page(() => import('./invoices/recurring-one.js'))],
  ['/app/invoices/recurring/:id/edit', page(() => import('./invoices/recurring-editor.js'))],
  ['/app/invoices/:id', page(() => import('./invoices/invoice.js'))],
  ['/app/invoices/:id/edit', page(() => import('./invoices/editor.js'))],
  ['/app/payments', page(() => import('./payments/page.js'))],
  ['/app/payments/:id', page(() => import('./payments/payment.js'))],
  ['/app/time', page(() => import('./time/page.js'))],
  ['/app/leads', page(() => import('./leads/page.js'))],
  ['/app/leads/forms', page(() => import('./leads/forms.js'))],
  ['/app/leads/forms/:id', page(() => import('./leads/form.js'))],
  ['/app/leads/:id', page(() => import('./leads/lead.js'))],
  ['/app/settings', settings, []],
  ['/app/settings/:part', settings, []],
  ['/app/settings/:part/:id', settings, []],
  ['/app/search', page(() => import('./search/page.js'))],
  ['/app/components', page(() => import('./components/page.js'))],
]

/** The page under an address, its properties, and a key that is another for another page; null where there is none. */
export function pageAt(routes, path) {
  const wanted = path.replace(/\/+$/, '').split('/')
  for (const [pattern, Page, kept] of routes) {
    const parts = pattern.split('/')
    const fits = parts.length === wanted.length && parts.every((part, at) => part.startsWith(':') || part === wanted[at])
    if (!fits) continue
    const named = parts.map((part, at) => [part, wanted[at]]).filter(([part]) => part.startsWith(':'))
    const props = Object.fromEntries(named.map(([part, value]) => [part.slice(1), decoded(value)]))
    return { Page, props, key: kept ? [parts[2], ...kept.map((name) => props[name])].join('/') : path }
  }
  return null
}

/** An address may hold anything, `%` included. */
function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
