/** Has the browser store a file. */
export function storeFile(file: Blob, name: string) {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has begun to copy by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
