const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** `30 days`, `5 minutes`: in the largest unit that divides it. */
export function duration(ms: number): string {
  const [name, unit] = units.find(([, unit]) => ms % unit === 0) ?? ['millisecond', 1]
  const count = ms / unit
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
