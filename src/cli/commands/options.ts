import { count, duration, port } from '../parse.ts'
import type { OptionFacts } from './facts.ts'

export const data: OptionFacts = {
  flags: '--data <folder>',
  description: 'folder of the embedded database and its keys',
  default: '.furrow',
  env: 'FURROW_DATA',
}
export const json: OptionFacts = { flags: '--json', description: 'print the answer as JSON' }
export const host: OptionFacts = {
  flags: '--host <address>',
  description: 'address to listen on',
  default: '127.0.0.1',
  env: 'FURROW_HOST',
}
export const listenPort: OptionFacts = {
  flags: '--port <number>',
  description: 'port to listen on (4242, or the next free one)',
  env: 'FURROW_PORT',
  parse: port,
}
export const syncEvery: OptionFacts = {
  flags: '--sync-every <time>',
  description: 'how often streams are read that nothing else was set for: 30s, 5m, 1h',
  env: 'FURROW_SYNC_EVERY',
  parse: duration,
}
export const metricsPort: OptionFacts = {
  flags: '--metrics-port <number>',
  description: 'port of /metrics, /livez and /readyz; none without it',
  env: 'FURROW_METRICS_PORT',
  parse: port,
}
export const drain: OptionFacts = {
  flags: '--drain <time>',
  description: 'how long to go on answering after SIGTERM, while /readyz says no (2s)',
  env: 'FURROW_DRAIN',
  parse: duration,
}
export const seed: OptionFacts = {
  flags: '--seed <number>',
  description: 'seed of the simulated world',
  parse: count,
}
export const modes = ['test', 'live']
