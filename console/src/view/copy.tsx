import { useEffect, useState } from 'react'

const told_ms = 1_600

/** A button that puts a text on the clipboard, and says so. */
export function Copy({ text, children }: { text: string; children: string }) {
  const [told, setTold] = useState<string | null>(null)
  useEffect(() => {
    if (told === null) return
    const timer = setTimeout(() => setTold(null), told_ms)
    return () => clearTimeout(timer)
  }, [told])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setTold('Copied'),
      () => setTold('Not allowed here'),
    )
  return (
    <button type="button" className="quiet" onClick={copy}>
      <span aria-live="polite">{told ?? children}</span>
    </button>
  )
}
