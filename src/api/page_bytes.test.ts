import { expect, it } from 'vitest'
import { pageBytes } from './page_bytes.ts'

it.each([
  ['no text', []],
  ['one', ['{"name":"Åsa"}']],
  ['several of all kinds of characters', ['{"a":1}', '{"b":"王🧾"}', '', '{"c":"é"}']],
])('%s is written as joining would', (_, texts) => {
  const bytes = pageBytes('{"url":"/v2/é","data":[', texts, '],"has_more":false}')
  expect(bytes.toString()).toBe(`{"url":"/v2/é","data":[${texts.join(',')}],"has_more":false}`)
})
