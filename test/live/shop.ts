import type { Software } from './installed.ts'
import type { Place } from './process.ts'
import type { Truth } from './truth.ts'

/** A real server that a run installs, fills and compares with. */
export interface Shop {
  readonly title: string
  readonly software: Software
  /** Starts it with nothing in it but what it brings along. */
  readonly open: (place: Place, home: string, size: Size) => Promise<OpenShop>
}

export interface Size {
  readonly customers: number
  readonly orders: number
}

export interface OpenShop {
  /** What Furrow is told to connect with. */
  readonly connection: {
    readonly partnerSource: string
    readonly credential: { readonly [part: string]: string }
    readonly baseUrl: string
  }
  readonly fill: () => Promise<void>
  /** In their order; each is read and compared before the next. */
  readonly rounds: readonly Round[]
  /** What the server itself says now. */
  readonly truth: () => Promise<Truth>
}

/** Changes at the server, and how Furrow is asked to see them. */
export interface Round {
  readonly name: string
  /** Read everything anew: no stamp tells of these changes. */
  readonly full: boolean
  readonly make: () => Promise<Made>
}

/** How much of each kind was changed, by what was done to it. */
export type Made = { readonly [what: string]: number }
