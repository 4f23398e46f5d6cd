// A form with a file, whose progress can be watched: fetch tells nothing of what has left.
import { Refusal } from './api.js'

/**
 * Posts a FormData; `onProgress` gets a share of 0 to 1. Returns `{done, stop}`: a promise of what the server made of it,
 * which raises Refusal, and what calls it off.
 */
export function sendForm(path, form, { headers = {}, onProgress = () => {} } = {}) {
  const request = new XMLHttpRequest()
  const done = new Promise((resolve, reject) => {
    request.open('POST', path)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && onProgress(loaded / total)
    request.onerror = () => reject(new Refusal(0))
    request.onabort = () => reject(new Refusal(0))
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (request.status < 300) resolve(answer)
      else reject(new Refusal(request.status, answer, Number(request.getResponseHeader('Retry-After')) || 0))
    }
    request.send(form)
  })
  return { done, stop: () => request.abort() }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
