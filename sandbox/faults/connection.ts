// Below HTTP: connections that are refused, reset, silent or slow.
import { gzipSync } from 'node:zlib'
import { type Fault, number, type Sent, type Strike } from './fault.ts'

const REFUSED_MS = 300
const DRIP_MS = 20
const DRIP_BYTES = 16
const BOMB_MEGABYTES = 512
const MEGABYTE = 1024 * 1024

export const connection: Record<string, Fault> = {
  // This request is reset, and nobody can connect for a while.
  refused: {
    send: (_, strike) => {
      strike.line.closeFor(number(strike, 'ms', REFUSED_MS))
      strike.line.raw().reset()
    },
  },
  reset: { send: (_, { line }) => line.raw().reset() },
  reset_mid_body: {
    send: (sent, strike) => {
      const line = half(sent, strike)
      // The half has to leave before the reset does.
      line.every(10, () => line.reset())
    },
  },
  // The request is taken, and nothing ever comes.
  silence: { send: (_, { line }) => void line.raw() },
  // The answer begins, and the peer is gone without a word.
  half_open: { send: (sent, strike) => void half(sent, strike) },
  slow_drip: {
    send: ({ status, headers, bytes }, strike) => {
      const line = strike.line.raw()
      const step = number(strike, 'bytes', DRIP_BYTES)
      let at = 0
      line.head(status, { ...headers, 'content-length': bytes.length })
      line.every(number(strike, 'ms', DRIP_MS), () => {
        line.write(bytes.subarray(at, at + step))
        at += step
        if (at >= bytes.length) line.end()
      })
    },
  },
  // A few hundred kilobytes that unpack to half a gigabyte of blanks.
  gzip_bomb: {
    send: ({ status, headers }, strike) => {
      const line = strike.line.raw()
      const member = gzipSync(Buffer.alloc(16 * MEGABYTE, ' '))
      line.head(status, { ...headers, 'content-encoding': 'gzip' })
      const count = Math.ceil(number(strike, 'megabytes', BOMB_MEGABYTES) / 16)
      for (let i = 0; i < count; i++) line.write(member)
      line.end()
    },
  },
}

function half({ status, headers, bytes }: Sent, { line }: Strike) {
  const raw = line.raw()
  raw.head(status, { ...headers, 'content-length': bytes.length })
  raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)))
  return raw
}
