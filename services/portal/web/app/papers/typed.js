// A paper's content as it stands in an editor's fields: text as it was typed, until it is read.
import { typed } from '../../lib/amounts.js'

let last = 0

/** A line to be filled in; what it is taxed at is mostly what the line before it is taxed at. */
export function blankLine(before) {
  const { taxRate = '', taxName = '' } = before ?? {}
  return { key: nextKey(), description: '', quantity: typed(1), unitPrice: '', taxRate, taxName, discount: noShare(), optional: false }
}

export const isBlank = ({ description, unitPrice }) => description.trim() === '' && unitPrice.trim() === ''

/** A share in percent or an amount; none while its value is empty. */
export const noShare = () => ({ type: 'percent', value: '' })

/** The fields that quotes, invoices and recurring invoices have in common, of one that there is. */
export function typedContent(paper) {
  return {
    client: optionOf(paper.client),
    currency: paper.currency,
    lines: paper.lines.map(typedLine),
    taxInclusive: paper.taxInclusive,
    discount: typedShare(paper.discount),
    notes: paper.notes,
  }
}

export function blankContent(currency) {
  return { client: null, currency, lines: [blankLine()], taxInclusive: false, discount: noShare(), notes: '' }
}

export function typedShare(share) {
  return share ? { type: share.type, value: typed(share.value) } : noShare()
}

/** The client of a paper as a Combobox has it. */
export function optionOf(client) {
  return client && { value: client.id, label: client.name, hint: client.company ?? client.email, company: client.company, email: client.email }
}

export const copyOf = (line) => ({ ...line, key: nextKey() })

function typedLine({ description, quantity, unitPrice, taxRate, taxName, discount, optional = false }) {
  return {
    key: nextKey(),
    description,
    quantity: typed(quantity),
    unitPrice: typed(unitPrice),
    taxRate: taxRate === null ? '' : typed(taxRate),
    taxName: taxName ?? '',
    discount: typedShare(discount),
    optional,
  }
}

/** Drafts come back with the keys of another visit, so a count alone would meet them again. */
const nextKey = () => `${Date.now().toString(36)}-${(last += 1)}`
