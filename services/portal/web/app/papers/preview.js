// What is typed, in the shape in which the API answers: for the sheet beside the editor.
const NOTHING = { lineAmounts: [], subtotal: 0, discountTotal: 0, taxes: [], taxTotal: 0, amount: 0 }

export function previewOf({ values, content, totals }, chosen = []) {
  const { lineAmounts, ...sums } = totals ?? NOTHING
  const { client } = values
  return {
    ...content,
    ...sums,
    lines: content.lines.map((line, at) => ({ ...line, amount: lineAmounts[at] ?? 0 })),
    optionalLines: chosen,
    client: client && { name: client.label, company: client.company, email: client.email },
  }
}
