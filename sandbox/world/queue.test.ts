import fc from 'fast-check'
import { expect, it } from 'vitest'
import { queue } from './queue.ts'

it('gives what is due in the order of time, and of arrival where times are equal', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), fc.nat({ max: 20 }), (times, until) => {
      const waiting = queue<number>()
      times.forEach((time, place) => {
        waiting.add(time, place)
      })
      const taken: [number, number][] = []
      for (let next = waiting.take(until); next; next = waiting.take(until)) {
        taken.push([next.time, next.item])
      }
      const due = times.map((time, place): [number, number] => [time, place])
      const expected = due.filter(([time]) => time <= until).sort(([a], [b]) => a - b)
      expect(taken).toEqual(expected)
    }),
  )
})
