/** Why a delivery was not taken; counted under this name. */
export type Refusal =
  | 'unknown'
  | 'revoked'
  | 'inactive'
  | 'unsigned'
  | 'token invalid'
  | 'foreign'
  | 'unreadable'
  | 'busy'

/** A delivery was not taken, and nothing of it was stored. */
export class NotReceived extends Error {
  override readonly name = 'NotReceived'
  readonly refusal: Refusal
  constructor(refusal: Refusal, message: string) {
    super(message)
    this.refusal = refusal
  }
}
