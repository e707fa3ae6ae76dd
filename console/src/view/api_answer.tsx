import { curlOf } from '../api/curl.ts'
import { Copy } from './copy.tsx'

/** An answer as the API returns it, and the request to paste. */
export function ApiAnswer({ path, answer }: { path: string; answer: unknown }) {
  const text = JSON.stringify(answer, null, 2)
  return (
    <section className="answer" aria-label="As the API returns it">
      <p className="command">
        <code>{curlOf(path)}</code> <Copy text={curlOf(path)}>Copy as curl</Copy>
        <Copy text={text}>Copy the answer</Copy>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  )
}
