import type { Problem } from './generated.ts'

/** The API refused a request. `code` is stable; `message` says what was expected and what came. */
export class FurrowError extends Error {
  override readonly name = 'FurrowError'
  readonly status: number
  readonly code: Problem['code']
  /** The parameter it is about. */
  readonly param: string | null
  /** Finds the request in the server's log. */
  readonly requestId: string | null
  /** Several faults at once, as a body can have. */
  readonly errors: Problem['errors']
  /** When the server says that it is worth trying again; milliseconds from the answer on. */
  readonly retryAfter_ms: number | null

  constructor(problem: Partial<Problem> & Pick<Problem, 'status'>, retryAfter_ms: number | null) {
    super(problem.detail ?? problem.title ?? `the server answered ${problem.status}`)
    this.status = problem.status
    this.code = problem.code ?? 'internal'
    this.param = problem.param ?? null
    this.requestId = problem.request_id ?? null
    this.errors = problem.errors ?? []
    this.retryAfter_ms = retryAfter_ms
  }
}

/** The server could not be reached, or did not answer in time. `cause` holds what happened. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** Whether an id was replaced by its object. It was not where no record of that id is known. */
export function isExpanded<T extends object>(value: T | string | null | undefined): value is T {
  return typeof value === 'object' && value !== null
}
