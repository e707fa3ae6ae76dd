import { Gauge } from 'prom-client'
import type { Registry } from './registry.ts'

/** A figure that is looked up when it is asked for. */
export interface Reading {
  readonly labels: { readonly [name: string]: string }
  readonly value: number
}

export interface GaugeFacts {
  readonly name: string
  readonly help: string
  readonly labels: readonly string[]
  readonly read: () => Promise<readonly Reading[]>
}

/** Adds a gauge whose values are read at each scrape. A reading that fails fails the scrape. */
export function addGauge(registry: Registry, { name, help, labels, read }: GaugeFacts) {
  const gauge: Gauge = new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    async collect() {
      const readings = await read()
      gauge.reset()
      for (const { labels: of, value } of readings) gauge.set(of, value)
    },
  })
}
