// Asks over HTTP and reports whatever happens on the connection.
import { get } from 'node:http'
import type { Row } from '../partner.ts'

export type Heard = {
  status: number
  headers: Record<string, string | undefined>
  bytes: Buffer
  text: string
  // The connection ended before the answer did.
  broken: boolean
  body: unknown
  rows: Row[]
}

// A connection of its own each time, so that one fault does not spoil the next request.
export function hear(url: string, key: string): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, connection: 'close' }
    let begun = false
    const request = get(url, { headers }, (response) => {
      begun = true
      const parts: Buffer[] = []
      const heard = (broken: boolean) => {
        const bytes = Buffer.concat(parts)
        const { statusCode: status = 0 } = response
        // Header values that come several times are of no interest here.
        const plain = response.headers as Record<string, string | undefined>
        resolve({ status, headers: plain, bytes, broken, ...parsed(bytes.toString()) })
      }
      response.on('data', (part) => parts.push(part))
      response.on('end', () => heard(false))
      response.on('error', () => heard(true))
    })
    // Once an answer has begun, its own error says that it broke off.
    request.on('error', (error) => begun || reject(error))
  })
}

function parsed(text: string): { text: string; body: unknown; rows: Row[] } {
  try {
    const body = JSON.parse(text)
    return { text, body, rows: body.data ?? [] }
  } catch {
    return { text, body: undefined, rows: [] }
  }
}
