// What the components show on their page: made-up people and amounts, with names that are hard to lay out.
export const NOW = new Date()
const before = (hours) => new Date(NOW - hours * 3_600_000).toISOString()

export const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2).slice(0, 160)
export const ARABIC = 'مكتب الشمال للتصميم'

export const PEOPLE = [
  { value: '1', label: 'Ada Lovelace', hint: 'ada@analytical.test' },
  { value: '2', label: 'Grace Hopper', hint: 'grace@navy.test' },
  { value: '3', label: ARABIC, hint: 'north@studio.test' },
  { value: '4', label: 'Mary Jackson', hint: 'mary@nasa.test' },
  { value: '5', label: LONG, hint: 'long@example.test' },
]

export const INVOICES = [
  { id: 'a', number: 'INV-0042', client: 'Ada Lovelace', state: 'Overdue', tone: 'danger', on: '2026-03-01', amount: 12480.5 },
  { id: 'b', number: 'INV-0043', client: ARABIC, state: 'To pay', tone: 'warning', on: '2026-04-15', amount: 900 },
  { id: 'c', number: 'INV-0044', client: LONG, state: 'Paid', tone: 'success', on: '2026-04-30', amount: 1234567.89 },
  { id: 'd', number: 'INV-0045', client: 'Grace Hopper', state: 'Draft', tone: 'neutral', on: '2026-05-12', amount: 75 },
]

export const EVENTS = [
  { key: 1, icon: 'signature', tone: 'success', text: 'Contract signed', by: 'Ada Lovelace', at: before(0.01) },
  { key: 2, icon: 'message-square', tone: 'info', text: 'New message in “Website relaunch”', by: ARABIC, at: before(5) },
  { key: 3, icon: 'receipt', text: 'Invoice INV-0042 sent', by: 'Grace Hopper', at: before(50) },
  { key: 4, icon: 'triangle-alert', tone: 'warning', text: 'A reminder bounced', at: before(400) },
]

export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
export const INCOME = [
  { name: 'Paid', values: [4200, 5100, 3900, 7200, 6800, 8100, 7900, 9100, 8700, 10200, 9900, 12400] },
  { name: 'Outstanding', values: [0, 0, 300, 0, 900, 400, 1200, 800, 2100, 1500, 2600, 3900] },
]

export const MARKDOWN = `# A heading of somebody's own

Plain words with **weight**, *stress*, \`code\` and a [link](https://example.test/).

1. First this
2. then that, with a list:
   - one
   - two

> Quoted from the brief.

| What | Hours |
|------|------:|
| Design | 12 |
| Code | 30 |

<script>alert(1)</script> <img src=x onerror=alert(1)> [bad](javascript:alert(1))`
