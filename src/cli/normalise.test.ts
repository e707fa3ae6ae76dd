import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { furrow, temporaryFolder } from '../../test/furrow.ts'

const customer = {
  id: 'cus_1',
  object: 'customer',
  created: 1_700_000_000,
  name: 'Åsa Öberg',
  currency: 'sek',
}

const normalise = (args: readonly string[], stdin = '') =>
  furrow(['normalise', '--partner', 'stripe', ...args], { stdin })

describe('furrow normalise', () => {
  it('prints the record that a file becomes', async () => {
    const file = join(temporaryFolder(), 'customer.json')
    writeFileSync(file, JSON.stringify(customer))
    const { status, stdout } = await normalise(['--object', 'customer', file])
    expect(JSON.parse(stdout)).toMatchObject({
      object: 'customer',
      partnerRecordId: 'cus_1',
      name: 'Åsa Öberg',
      payment_currency: 'SEK',
      external_account_id: null,
      recordState: 'ACTIVE',
    })
    expect(status).toBe(0)
  })

  it('reads stdin, and gives a list for a list', async () => {
    const list = { object: 'list', data: [customer, { ...customer, id: 'cus_2' }] }
    const { stdout } = await normalise(['--json', '-'], JSON.stringify(list))
    expect(JSON.parse(stdout)).toMatchObject([
      { partnerRecordId: 'cus_1' },
      { partnerRecordId: 'cus_2' },
    ])
    expect(stdout.trimEnd()).not.toContain('\n')
  })

  it('gives a list for a list of one and for an empty one', async () => {
    const one = await normalise(['-'], JSON.stringify({ object: 'list', data: [customer] }))
    const none = await normalise(['-'], JSON.stringify({ object: 'list', data: [] }))
    expect(JSON.parse(one.stdout)).toMatchObject([{ partnerRecordId: 'cus_1' }])
    expect(JSON.parse(none.stdout)).toEqual([])
  })

  it('says of a deletion that the record is gone, and nothing else', async () => {
    const tombstone = { id: 'cus_1', object: 'customer', deleted: true }
    const { stdout } = await normalise(['-'], JSON.stringify(tombstone))
    const record = JSON.parse(stdout)
    expect(record).toMatchObject({ recordState: 'DELETED', deletionEvidence: 'event' })
    expect(record).not.toHaveProperty('name')
  })

  it('reads the object of an event', async () => {
    const event = { id: 'evt_1', object: 'event', data: { object: customer } }
    const { stdout } = await normalise(['-'], JSON.stringify(event))
    expect(JSON.parse(stdout)).toMatchObject({ object: 'customer', partnerRecordId: 'cus_1' })
  })

  it('names the attribute that breaks the model, and prints what does not', async () => {
    const list = {
      object: 'list',
      data: [customer, { ...customer, id: 'cus_2', currency: 'pound' }],
    }
    const { status, stdout, stderr } = await normalise(['-'], JSON.stringify(list))
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toHaveLength(1)
    expect(stderr).toBe(
      'furrow: -: cus_2: customer.payment_currency: expected ISO 4217, got "POUND"\n',
    )
  })

  it.each([
    ['broken JSON', ['-'], '{"id":', /^furrow: -: not JSON: .*\n$/, 1],
    ['a missing file', ['none.json'], '', /^furrow: none\.json: cannot be read: ENOENT.*\n$/, 1],
    ['a foreign payload', ['-'], '{"a":1}', /expected a payload of Stripe .* got no "object"/, 1],
    [
      'another object',
      ['--object', 'payment', '-'],
      JSON.stringify(customer),
      /a payment, got customer/,
      1,
    ],
    ['an unknown object', ['--object', 'cusomer', '-'], '{}', /did you mean customer\?/, 2],
  ])('refuses %s in one line', async (_what, args, stdin, line, code) => {
    const { status, stdout, stderr } = await normalise(args, stdin)
    expect(stderr).toMatch(line)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect([status, stdout]).toEqual([code, ''])
  })

  it('names the partners there are', async () => {
    const { status, stderr } = await furrow(['normalise', '--partner', 'strpe', '-'])
    expect([status, stderr.includes('did you mean stripe?')]).toEqual([2, true])
  })
})
