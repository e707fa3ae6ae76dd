import { describe, expect, test } from 'vitest'
import { queryText } from './http_request.ts'

describe('a query', () => {
  test('that is empty adds nothing to the path', () => {
    expect([queryText(undefined), queryText({})]).toEqual(['', ''])
  })

  test('a lone surrogate in a cursor is sent as its replacement', () => {
    expect(queryText({ after: 'x\ud800' })).toBe('?after=x%EF%BF%BD')
  })
})
