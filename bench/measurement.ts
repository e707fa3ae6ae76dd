/** One figure beside the peer's, as `--json` prints it. */
export interface Result {
  /** `P1`, or `P1.limit` for a second figure of the same measurement. */
  readonly id: string
  readonly title: string
  readonly measured: number
  readonly unit: string
  readonly against: { readonly [name: string]: number }
  readonly ratio: number
  readonly goal: Goal
}

/** `>= 5`: the ratio is to reach it; `<= 1.3`: it is to stay below. */
export interface Goal {
  readonly is: '>=' | '<='
  readonly value: number
}

export function reached({ ratio, goal }: Result): boolean {
  return goal.is === '>=' ? ratio >= goal.value : ratio <= goal.value
}

export interface Measured {
  readonly results: readonly Result[]
  /** What else was seen in the run: the single rounds, sizes, settings. Figures are computed. */
  readonly notes: readonly string[]
}

/** One line of quality.md, measured. */
export interface Measurement {
  readonly id: string
  readonly title: string
  /** What runs against what, for the page. */
  readonly how: string
  readonly run: (form: Form) => Promise<Measured>
}

export interface Form {
  readonly name: 'short' | 'long' | 'huge'
  /** The value for this form; a long one stands in for a huge one. */
  pick<T>(short: T, long: T, huge?: T): T
  /** Says on stderr what is going on. */
  tell(what: string): void
}

export function newForm(name: Form['name'], tell: Form['tell']): Form {
  return {
    name,
    pick: (short, long, huge = long) => ({ short, long, huge })[name],
    tell,
  }
}
