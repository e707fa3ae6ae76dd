import { collectDefaultMetrics, Registry } from 'prom-client'

/**
 * What a process counts about itself; tests run several in one process. A part that counts has a
 * file beside this one with its counters, made on a registry that is handed to it. Labels are words
 * of ours (partner systems, streams, queues, states): never an id, a name or an address.
 */
export function newRegistry(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'furrow_' })
  return registry
}

export type { Registry }
