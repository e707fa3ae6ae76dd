/** A request as a command to paste; the key is left to the reader's own `$KEY`. */
export function curlOf(path: string): string {
  const url = `${location.origin}${path}`.replaceAll(/["$`\\]/g, (sign) => `\\${sign}`)
  return `curl -sg -H "x-api-key: $KEY" "${url}"`
}
