// A form with a file, whose progress can be watched: fetch tells nothing of what has left.
import { Refusal } from '../../lib/api.js'

/** Answers what the server made of it, or raises Refusal; `onProgress` gets a share of 0 to 1. */
export function sendForm(path, form, { headers = {}, onProgress = () => {} }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && onProgress(loaded / total)
    request.onerror = () => reject(new Refusal(0))
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (request.status < 300) resolve(answer)
      else reject(new Refusal(request.status, answer, Number(request.getResponseHeader('Retry-After')) || 0))
    }
    request.send(form)
  })
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
