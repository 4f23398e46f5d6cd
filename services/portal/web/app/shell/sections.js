// The sections of the dashboard, in the order of the sidebar.
export const SECTIONS = [
  { to: '/app', name: 'app.shell.home', icon: 'house' },
  { to: '/app/clients', name: 'app.shell.clients', icon: 'users' },
  { to: '/app/projects', name: 'app.shell.projects', icon: 'folder' },
  { to: '/app/inbox', name: 'app.shell.inbox', icon: 'inbox' },
  { to: '/app/quotes', name: 'app.shell.quotes', icon: 'file-text' },
  { to: '/app/contracts', name: 'app.shell.contracts', icon: 'signature' },
  { to: '/app/invoices', name: 'app.shell.invoices', icon: 'receipt' },
  { to: '/app/time', name: 'app.shell.time', icon: 'clock' },
  { to: '/app/leads', name: 'app.shell.leads', icon: 'user-plus' },
  { to: '/app/settings', name: 'app.shell.settings', icon: 'settings' },
]
