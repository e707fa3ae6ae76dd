import { describe, expect, it, onTestFinished } from 'vitest'
import { newSharedConnection } from './shared_connection.ts'

const url = process.env.DATABASE_URL

describe.skipIf(!url)('a shared connection', () => {
  function shared() {
    const connection = newSharedConnection({ connectionString: url ?? '', pipeline: true })
    onTestFinished(connection.close)
    return connection
  }
  const ask = async (of: ReturnType<typeof shared>, text: string, values: unknown[] = []) =>
    (await of.query({ text, values })).rows[0]

  it('gives each who asks the answer to that, and a failing question fails alone', async () => {
    const connection = shared()
    const answers = await Promise.allSettled(
      Array.from({ length: 200 }, (_, i) =>
        i === 77 ? ask(connection, 'select 1/0') : ask(connection, 'select $1::int as i', [i]),
      ),
    )
    const failed = answers.filter(({ status }) => status === 'rejected')
    expect(failed).toHaveLength(1)
    const told = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value.i] : []))
    expect(told).toEqual(Array.from({ length: 200 }, (_, i) => i).filter((i) => i !== 77))
  })

  it('is one, and another one after it broke', async () => {
    const [connection, other] = [shared(), shared()]
    const pid = async () => (await ask(connection, 'select pg_backend_pid() as pid')).pid
    const first = await pid()
    expect(await pid()).toBe(first)
    await ask(other, 'select pg_terminate_backend($1)', [first])
    await expect.poll(() => pid().catch(() => first)).not.toBe(first)
  })

  it('says why it cannot be opened', async () => {
    const connection = newSharedConnection({ connectionString: 'postgres://127.0.0.1:1/none' })
    await expect(ask(connection, 'select 1')).rejects.toThrow('ECONNREFUSED')
    await expect(ask(connection, 'select 1')).rejects.toThrow('ECONNREFUSED')
    await connection.close()
  })
})
