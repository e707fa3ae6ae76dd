import { createServer } from 'node:net'
import { Fault } from './fault.ts'

export const port_default = 4242
const ports_tried = 50

/** The port that was asked for, else the first free one. Throws Fault. */
export async function portFor({ host, port }: { host: string; port?: number }): Promise<number> {
  if (port !== undefined) {
    if (await isFree(host, port)) return port
    throw new Fault(`--port ${port} is taken: give another one, or leave --port out`)
  }
  for (let next = port_default; next < port_default + ports_tried; next++) {
    if (await isFree(host, next)) return next
  }
  const last = port_default + ports_tried - 1
  throw new Fault(`ports ${port_default} to ${last} are taken: give a free one with --port`)
}

/** Whether nobody listens there. Throws Fault where we may not. */
export function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', ({ code }: NodeJS.ErrnoException) => {
      if (code === 'EADDRINUSE') resolve(false)
      else reject(new Fault(unusable(host, port, code)))
    })
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

function unusable(host: string, port: number, code: string | undefined): string {
  if (code === 'EACCES') return `--port ${port} needs more rights: give one above 1023`
  return `--host ${host} cannot be listened on (${code}): give an address of this machine`
}
