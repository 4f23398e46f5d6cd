// Hands bytes to the browser as a download.
export function saveAs(blob, name) {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Revoked later: some browsers start reading the bytes only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
