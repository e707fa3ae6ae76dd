import { ApiProblem } from '../api/request.ts'

/** What went wrong, in the API's own words, and a way to try again. */
export function ProblemNote({ error, again }: { error: unknown; again?: () => void }) {
  const problem = error instanceof ApiProblem ? error : null
  return (
    <div className="note bad" role="alert">
      <p>{error instanceof Error ? error.message : String(error)}</p>
      {problem?.requestId && (
        <p className="small">
          Request <code>{problem.requestId}</code>
        </p>
      )}
      {again && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  )
}
