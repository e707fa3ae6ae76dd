/** An attribute's name as a heading: `created_date` and `modifiedDate` become words. */
export function wordsOf(name: string): string {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const number_format = new Intl.NumberFormat()

export function numberText(value: number): string {
  return number_format.format(value)
}
