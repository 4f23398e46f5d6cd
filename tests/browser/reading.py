"""What makes a page hard to read or to use, found in the page as it is drawn (WCAG 2.2: 1.1.1, 1.4.3, 2.5.8, 4.1.2)."""

from playwright.async_api import Page

_FAULTS = """
() => {
  const faults = []
  const seen = (element) => element.checkVisibility() && element.getBoundingClientRect().width > 1
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen)
  const told = (element) => element.outerHTML.slice(0, 90)

  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number)
  const luminance = ([red, green, blue]) => {
    const part = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
  }
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor)
      if (colour.length === 3 || colour[3] === 1) return colour
    }
    return [255, 255, 255]
  }
  for (const element of all('body *')) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    if (!(text || element.value) || element.closest('[aria-disabled="true"], .visually-hidden')) continue
    const style = getComputedStyle(element)
    const [light, dark] = [parse(style.color), ground(element)].map(luminance).sort((a, b) => b - a)
    const size = parseFloat(style.fontSize)
    const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5
    const contrast = (light + 0.05) / (dark + 0.05)
    if (contrast < needed) faults.push(`contrast ${contrast.toFixed(2)}: ${told(element)}`)
  }
  for (const field of all('input, select, textarea')) {
    if (!field.labels?.length && !field.ariaLabel) faults.push(`no label: ${told(field)}`)
    const style = getComputedStyle(field)
    const edge = [parse(style.borderTopColor), ground(field.parentElement)]
    const [light, dark] = edge.map(luminance).sort((a, b) => b - a)
    if (!field.readOnly && (light + 0.05) / (dark + 0.05) < 3) faults.push(`faint edge: ${told(field)}`)
  }
  for (const button of all('button, a')) {
    const name = button.ariaLabel || button.textContent.trim() || button.querySelector('img')?.alt
    if (!name) faults.push(`no name: ${told(button)}`)
  }
  for (const target of all('button, input, select, textarea, .button, nav a, .choice')) {
    // What is ticked is as large as the label around it.
    if (['radio', 'checkbox'].includes(target.type)) continue
    if (target.getBoundingClientRect().height < 43.9) faults.push(`small: ${told(target)}`)
  }
  for (const picture of all('img')) if (!picture.hasAttribute('alt')) faults.push(`no alt: ${told(picture)}`)
  for (const [selector, count] of [['h1', 1], ['main', 1], ['html[lang]', 1]]) {
    const found = document.querySelectorAll(selector).length
    if (found !== count) faults.push(`${found} times ${selector}`)
  }
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
  if (new Set(ids).size !== ids.length) faults.push('an id stands twice')
  for (const element of document.querySelectorAll('[aria-labelledby], [aria-describedby]')) {
    const names = [element.getAttribute('aria-labelledby'), element.getAttribute('aria-describedby')]
    for (const id of names.join(' ').split(' ').filter(Boolean)) {
      if (!document.getElementById(id)) faults.push(`nothing is called ${id}`)
    }
  }
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
  if (wide > 0) faults.push(`${wide} pixels too wide`)
  return faults
}
"""


async def faults_of(page: Page) -> list[str]:
    """Every fault of the page on show, in words; empty when there is none."""
    return list(await page.evaluate(_FAULTS))
