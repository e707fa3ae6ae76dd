import { expect, test } from 'vitest'
import { basic, bearer } from './authenticate.ts'

test('a token goes as Bearer', () => {
  expect(bearer('sk_test_1')).toEqual({ authorization: 'Bearer sk_test_1' })
})

test('user and password go as Basic, in UTF-8', () => {
  const { authorization } = basic('ck_1', 'pässword')
  expect(Buffer.from(authorization.slice(6), 'base64').toString()).toBe('ck_1:pässword')
})
