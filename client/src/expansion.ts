import type { Links, Objects } from './generated.ts'

type ObjectName = keyof Objects
/** How deep paths are offered; the API takes four names. */
type Depth = [never, 0, 1, 2, 3]

/** Paths that an object's `expand` takes, such as `external_account_id` or `subscriptions.items.product_id`. */
export type ExpansionPath<O extends ObjectName, D extends number = 3> = PathIn<Links[O], D>

type PathIn<L, D extends number> = [D] extends [never]
  ? never
  : { [K in keyof L & string]: K | Behind<K, L[K], D> }[keyof L & string]

type Behind<K extends string, Target, D extends number> = Target extends readonly [
  infer T extends ObjectName,
]
  ? `${K}.${ExpansionPath<T, Depth[D]>}`
  : Target extends ObjectName
    ? `${K}.${ExpansionPath<Target, Depth[D]>}`
    : `${K}.${PathIn<Target, D>}`

/** What an expanded list holds: its first records, and where the rest is. */
export interface ExpandedList<T> {
  readonly object: 'list'
  readonly url: string
  readonly data: readonly T[]
  readonly has_more: boolean
  readonly next_cursor: string | null
}

/** The object as it is answered with these paths expanded. */
export type Expanded<O extends ObjectName, Paths extends string = never> = Opened<
  Objects[O],
  Links[O],
  Paths
>

type Opened<Value, L, Paths extends string> = [Paths] extends [never]
  ? Value
  : {
      readonly [K in keyof Value]: K extends Head<Paths>
        ? K extends keyof L
          ? Link<Value[K], L[K], Tail<Paths, K & string>>
          : Value[K]
        : Value[K]
    }

type Head<Path extends string> = Path extends `${infer H}.${string}` ? H : Path
type Tail<Path extends string, K extends string> = Path extends `${K}.${infer T}` ? T : never

// An id whose record is not known stays an id, so a link may still be a text.
type Link<Value, Target, Paths extends string> = Target extends readonly [
  infer T extends ObjectName,
]
  ? ExpandedList<Expanded<T, Paths>>
  : Target extends ObjectName
    ? Expanded<Target, Paths> | Value
    : Value extends readonly (infer Item)[]
      ? readonly Opened<Item, Target, Paths>[]
      : Opened<NonNullable<Value>, Target, Paths> | Extract<Value, null>
