// The page on which a simulated partner asks the seller.
export type Screen = { title: string; fault?: string; business?: string; scope?: string }

export function screen({ title, fault, business = '', scope = '' }: Screen): string {
  const body = fault
    ? `<h1>${title} (simulated)</h1><p role="alert">${text(fault)}</p>`
    : `<h1>${title} (simulated)</h1>
<p>An application wants to read the account of <strong>${text(business)}</strong>.</p>
<ul>${scope
        .split(/[ ,]+/)
        .map((one) => `<li>${text(one)}</li>`)
        .join('')}</ul>
<form method="post"><button name="answer" value="allow">Allow</button>
<button name="answer" value="deny">Deny</button></form>`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title} (simulated)</title></head>
<body><main>${body}</main></body></html>`
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function text(given: string): string {
  return given.replaceAll(/[&<>"]/g, (one) => ESCAPES[one] ?? '')
}
