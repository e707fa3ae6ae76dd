import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newLedgerAccount } from '../../test/business.ts'
import { testDatabase } from '../../test/database.ts'
import type { Database } from './database.ts'
import {
  CannotUnseal,
  masterKeysFrom,
  newMasterKey,
  rotateMasterKey,
  seal,
  unseal,
} from './seal.ts'

let db: Database
const [first, second] = [newMasterKey(), newMasterKey()]
const keys = masterKeysFrom(first)
const place = { table: 'credential', row: 'pac_1', column: 'sealed' }
const canary = 'sk_test_canary'

beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

async function sealed(value = canary) {
  const ledgerAccountId = await newLedgerAccount(db)
  return { ledgerAccountId, sealed: await seal(db, keys, { ledgerAccountId, place, value }) }
}

describe('a sealed value', () => {
  it('opens at its place, and never looks the same twice', async () => {
    const one = await sealed()
    const { ledgerAccountId } = one
    expect(await unseal(db, keys, { ...one, place })).toBe(canary)
    const again = await seal(db, keys, { ledgerAccountId, place, value: canary })
    expect(again).not.toBe(one.sealed)
    expect(Buffer.from(one.sealed, 'base64').includes(canary)).toBe(false)
  })

  it.each([
    ['another row', { ...place, row: 'pac_2' }],
    ['another column', { ...place, column: 'other' }],
    ['another table', { ...place, table: 'other' }],
  ])('does not open in %s', async (_, elsewhere) => {
    const one = await sealed()
    await expect(unseal(db, keys, { ...one, place: elsewhere })).rejects.toThrow(CannotUnseal)
  })

  it('does not open for another ledger account, another key, or with a byte changed', async () => {
    const [one, other] = [await sealed(), await sealed()]
    const foreign = { ...one, place, ledgerAccountId: other.ledgerAccountId }
    await expect(unseal(db, keys, foreign)).rejects.toThrow(CannotUnseal)
    const wrong = masterKeysFrom(second)
    await expect(unseal(db, wrong, { ...one, place })).rejects.toThrow(/no master key/)
    for (const at of [0, 12, -1]) {
      const bytes = Buffer.from(one.sealed, 'base64')
      bytes[at < 0 ? bytes.length - 1 : at]! ^= 1
      const changed = { ...one, place, sealed: bytes.toString('base64') }
      await expect(unseal(db, keys, changed)).rejects.toThrow(CannotUnseal)
    }
  })

  it('opens after the master key was rotated, without the old one', async () => {
    const one = await sealed()
    expect(await rotateMasterKey(db, masterKeysFrom(`${second},${first}`))).toBeGreaterThan(0)
    expect(await unseal(db, masterKeysFrom(second), { ...one, place })).toBe(canary)
    await expect(unseal(db, keys, { ...one, place })).rejects.toThrow(CannotUnseal)
    await rotateMasterKey(db, masterKeysFrom(`${first},${second}`))
  })
})

it('master keys say what is wrong with them', () => {
  expect(() => masterKeysFrom('c2hvcnQ=')).toThrow(
    'master key 1: expected 32 bytes in base64, got 5',
  )
  expect(() => masterKeysFrom('')).toThrow('got 0')
})
