/** What the files of each kind begin with, in hexadecimal. */
const kinds: { readonly [type: string]: RegExp } = {
  png: /^89504e470d0a1a0a/,
  jpeg: /^ffd8ff/,
  gif: /^474946383[79]61/,
  webp: /^52494646.{8}57454250/,
}
const data_pattern = /^data:image\/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/]+={0,2})$/
const head_bytes = 16

/** What is wrong with the address of an image; null for one that a page may show. */
export function imageFault(given: string): string | null {
  const [, type = '', bytes = ''] = data_pattern.exec(given) ?? []
  if (type !== '') {
    const head = Buffer.from(bytes, 'base64').subarray(0, head_bytes).toString('hex')
    return kinds[type]?.test(head) ? null : `the bytes of a ${type}`
  }
  const url = URL.canParse(given) ? new URL(given) : null
  // Its origin goes into a policy, its address into an attribute: as a browser writes it, or not.
  const isPlain = url?.username === '' && url.password === '' && url.href === given
  if (isPlain && url.protocol === 'https:') return null
  return 'an https address as a browser writes it, or a data URL of a PNG, JPEG, WebP or GIF'
}
