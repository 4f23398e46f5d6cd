// The sections of the dashboard, in the order of the sidebar; `key` goes there after a `g`, `also` lies in them too.
export const SECTIONS = [
  { to: '/app', name: 'app.shell.home', icon: 'house', key: 'h' },
  { to: '/app/clients', name: 'app.shell.clients', icon: 'users', key: 'c', also: ['/app/companies'] },
  { to: '/app/projects', name: 'app.shell.projects', icon: 'folder', key: 'p', also: ['/app/files'] },
  { to: '/app/inbox', name: 'app.shell.inbox', icon: 'inbox', key: 'i' },
  { to: '/app/quotes', name: 'app.shell.quotes', icon: 'file-text', key: 'q' },
  { to: '/app/contracts', name: 'app.shell.contracts', icon: 'signature', key: 'o' },
  { to: '/app/invoices', name: 'app.shell.invoices', icon: 'receipt', key: 'v', also: ['/app/payments'] },
  { to: '/app/time', name: 'app.shell.time', icon: 'clock', key: 't' },
  { to: '/app/leads', name: 'app.shell.leads', icon: 'user-plus', key: 'l' },
  { to: '/app/settings', name: 'app.shell.settings', icon: 'settings', key: 's' },
]

/** What one can begin from anywhere; `key` begins it after an `n`. */
export const BEGINNINGS = [
  { to: '/app/clients?new=1', name: 'app.shell.new_client', icon: 'user-plus', key: 'c' },
  { to: '/app/projects?new=1', name: 'app.shell.new_project', icon: 'folder', key: 'p' },
  { to: '/app/quotes/new', name: 'app.shell.new_quote', icon: 'file-text', key: 'q' },
  { to: '/app/contracts/new', name: 'app.shell.new_contract', icon: 'signature', key: 'o' },
  { to: '/app/invoices/new', name: 'app.shell.new_invoice', icon: 'receipt', key: 'v' },
]

/** Whether the page at `path` lies in a section. */
export function isIn({ to, also = [] }, path) {
  if (to === '/app') return path.replace(/\/+$/, '') === to
  return [to, ...also].some((start) => path === start || path.startsWith(`${start}/`))
}
