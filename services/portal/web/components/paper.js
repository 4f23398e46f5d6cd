import { t } from '../lib/texts.js'
import { html } from '../lib/ui.js'
import { Logo } from './logo.js'

/**
 * A sheet of paper with the agency's head: whose it is, what it is and how it stands, whom it is for, and its `facts`
 * ([{label, value, strong}]). What stands on it comes as `children`.
 */
export function Paper({ settings, agency, title, standing = '', client = [], facts = [], subject = '', children }) {
  const name = settings.portal_name || agency.name
  const known = facts.filter(({ value }) => value)
  return html`<article class="sheet paper" aria-label=${title}>
    <header class="paper-head">
      <div class="paper-house">
        ${settings.portal_logo && html`<${Logo} settings=${settings} name="" />`}
        <p class="paper-name" dir="auto">${name}</p>
        ${agency.name !== name && html`<p class="quiet" dir="auto">${agency.name}</p>`}
      </div>
      <div class="paper-what-it-is">
        <p class="paper-title" dir="auto">${title}</p>
        ${standing && html`<p class="paper-standing">${standing}</p>`}
      </div>
    </header>
    <div class="paper-facts">
      ${client.length > 0 &&
      html`<div><p class="paper-label">${t('shared.paper.for')}</p>${client.map((line) => html`<p key=${line} dir="auto">${line}</p>`)}</div>`}
      <dl>
        ${known.map(({ label, value, strong }) => html`<div key=${label} class=${strong ? 'paper-strong' : undefined}><dt>${label}</dt><dd>${value}</dd></div>`)}
      </dl>
    </div>
    ${subject && html`<p class="paper-subject" dir="auto">${subject}</p>`}
    ${children}
  </article>`
}

/** What was added in free words; nothing where nothing was. */
export function PaperNotes({ text }) {
  if (!text) return null
  return html`<div class="paper-notes">
    <p class="paper-label">${t('shared.paper.notes')}</p>
    <p class="long-text" dir="auto">${text}</p>
  </div>`
}

/** Whom a paper is for, line by line. */
export function cardOf({ name, company, email }) {
  return [...new Set([name, company, email].filter(Boolean))]
}
