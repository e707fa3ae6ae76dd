import { expect, it } from 'vitest'
import { inTurn } from './turn.ts'

it('what arrives is heard between two pieces of work', async () => {
  const order: string[] = []
  const work = (name: string) =>
    inTurn(() => {
      order.push(name)
      setImmediate(() => order.push(`after ${name}`))
    })
  await Promise.all([work('first'), work('second'), work('third')])
  expect(order).toEqual(['first', 'after first', 'second', 'after second', 'third'])
})

it('a piece that fails is its caller’s alone', async () => {
  const failing = inTurn(() => {
    throw new Error('no')
  })
  const next = inTurn(() => 'yes')
  await expect(failing).rejects.toThrow('no')
  await expect(next).resolves.toBe('yes')
})
