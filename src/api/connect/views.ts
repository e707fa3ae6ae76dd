import type { LinkFault } from '../../connect/consent_link.ts'
import type { PartnerAccountConnection } from '../../model/partner_account_connection.ts'
import type { CredentialField, Partner } from '../../partners/partner.ts'
import { type Html, html } from './html.ts'
import { readAt } from './words.ts'

/** What the page shows of the institution. */
export interface Brand {
  readonly name: string
  readonly logo: string | null
  readonly colour: string
}

interface Frame {
  readonly brand: Brand | null
  readonly title: string
  readonly body: Html
}

/** A whole page. */
export function page({ brand, title, body }: Frame): Html {
  const logo = brand?.logo ? html`<img src="${brand.logo}" alt="">` : null
  const colour = (brand?.colour ?? '').replace('#', '') || 'default'
  const whole = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}${brand ? ` – ${brand.name}` : ''}</title>
<link rel="stylesheet" href="/connect/style/${colour}.css"></head>
<body><main>${brand ? html`<header>${logo}<p>${brand.name}</p></header>` : null}
<div class="card"><h1>${title}</h1>
${body}</div>
<footer><p>This page is only ever opened by a link that you were given.
Close it if you did not expect it.</p></footer></main></body></html>`
  return whole
}

export interface Asked {
  readonly brand: Brand
  /** Path of the link, to which its forms are sent. */
  readonly path: string
  readonly formToken: string
  readonly partners: readonly Partner[]
  readonly connections: readonly PartnerAccountConnection[]
  readonly problem?: string | undefined
  readonly done?: string | undefined
}

/** Which partners, what is read, for how long: yes or no. */
export function askPage(asked: Asked): Html {
  const { brand, path, formToken, partners, connections, problem, done } = asked
  const title = `${brand.name} asks to read your business data`
  const buttons = partners.map(
    ({ name, title }) =>
      html`<button class="yes" name="choice" value="partner ${name}">Connect ${title}</button>`,
  )
  const body = html`${alert(problem)}${done ? html`<p role="status">${done}</p>` : null}
<p>You decide whether ${brand.name} may read what you keep at ${namesOf(partners)}.
It can read, and never change anything or move money.</p>
<h2>What is read</h2>
<ul>${readAt(partners).map((one) => html`<li>${one}</li>`)}</ul>
<h2>For how long</h2>
<p>Everything since your account was opened, and what is new every few minutes, until you or
${brand.name} end it. You can end it on this page or at the partner, at any time.</p>
<form method="post" action="${path}">${hidden(formToken)}
<h2>Your answer</h2>
<div class="choices">${buttons}
<button name="choice" value="deny">No, do not connect anything</button></div>
${connections.length > 0 ? connectedList(connections) : null}</form>`
  return page({ brand, title, body })
}

function connectedList(connections: readonly PartnerAccountConnection[]): Html {
  const rows = connections.map(
    ({ id, partnerSource, account_name, partner_account_id, status }) => html`<li><div class="row">
<span>${partnerSource}: ${account_name ?? partner_account_id ?? ''} (${status})</span>
<button class="small" name="choice" value="withdraw ${id}">End
${partnerSource} ${account_name ?? partner_account_id ?? ''}</button></div></li>`,
  )
  return html`<h2>Connected already</h2><ul>${rows}</ul>`
}

function namesOf(partners: readonly Partner[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(
    partners.map(({ title }) => title),
  )
}

export interface Form {
  readonly brand: Brand
  readonly path: string
  readonly formToken: string
  readonly partner: Partner
  /** Those of the credential that are asked for here. */
  readonly fields: readonly CredentialField[]
  /** Whether the partner's own screen comes next. */
  readonly goesOn: boolean
  /** What was entered before, without secrets. */
  readonly values: { readonly [field: string]: string }
  /** What opens the simulated partner. */
  readonly simulated: { readonly [field: string]: string } | null
  readonly problem?: string | undefined
}

/** What has to be entered for a partner: a key, or where the shop is. */
export function formPage(form: Form): Html {
  const { brand, path, formToken, partner, fields, goesOn, values, simulated, problem } = form
  const title = `Connect ${partner.title}`
  const intro = goesOn
    ? html`<p>${partner.title} will then ask you itself whether ${brand.name} may read.</p>`
    : html`<p>Enter a key that may read, and nothing more. It is stored sealed, and
never shown again. How to make one: <a href="${partner.docs}" rel="noreferrer">documentation of
${partner.title}</a>.</p>`
  const body = html`${alert(problem)}${intro}
${simulated ? simulatedHint(partner, fields, simulated) : null}
<form method="post" action="${path}/${partner.name}" autocomplete="off">${hidden(formToken)}
${fields.map((field) => input(field, values[field.name] ?? ''))}
<div class="choices"><button class="yes">${goesOn ? `Go on to ${partner.title}` : `Yes, connect ${partner.title}`}</button>
<a class="button" href="${path}">Back</a></div></form>`
  return page({ brand, title, body })
}

function input({ name, description, secret, optional, example }: CredentialField, value: string) {
  const id = `field-${name}`
  const type = secret ? 'password' : 'text'
  const required = optional ? html`` : html` required`
  const label = name.replaceAll('_', ' ')
  return html`<label for="${id}">${label}${optional ? ' (optional)' : ''}</label>
<p class="hint" id="${id}-hint">${description}, such as ${example}</p>
<input id="${id}" name="${name}" type="${type}" value="${secret ? '' : value}" maxlength="4000"
 aria-describedby="${id}-hint" autocomplete="off" autocapitalize="none" spellcheck="false"${required}>`
}

function simulatedHint(
  { title }: Partner,
  fields: readonly CredentialField[],
  simulated: { readonly [field: string]: string },
): Html {
  const rows = fields
    .filter(({ name }) => simulated[name])
    .map(
      ({ name }) =>
        html`<li>${name.replaceAll('_', ' ')}: <code>${simulated[name] ?? ''}</code></li>`,
    )
  return html`<p>The simulated ${title} on this machine is opened by:</p><ul>${rows}</ul>`
}

/** The partner's screen was left with a no, or something else came between. */
export function againPage(
  { brand, path, partner }: Pick<Form, 'brand' | 'path' | 'partner'>,
  problem: string,
): Html {
  const body = html`${alert(problem)}<p>Nothing was connected. You can try again as long as the link
is valid.</p>
<div class="choices"><a class="button yes" href="${path}">Try again</a></div>`
  return page({ brand, title: `${partner.title} was not connected`, body })
}

const faults: { readonly [F in LinkFault]: readonly [title: string, text: string] } = {
  unknown: [
    'This link is not known',
    'It may have been cut short when it was copied, or was never given out.',
  ],
  expired: ['This link is over', 'A link can be used for 15 minutes.'],
  used: ['This link was used already', 'A link can be used once. Your answer was noted.'],
  elsewhere: [
    'This link is in use in another browser',
    'It belongs to the browser in which the first answer was given, and cookies have to be allowed.',
  ],
}

export function faultPage(fault: LinkFault): Html {
  const [title, text] = faults[fault]
  const body = html`<p>${text}</p><p>Ask whoever gave it to you for a new one.</p>`
  return page({ brand: null, title, body })
}

/** Where a business returns to that has no other page to go to. */
export function donePage(status: string | null): Html {
  const body = html`<p>${status ? `The connection is now: ${status}.` : 'There is nothing to do here.'}</p>
<p>You can close this page.</p>`
  return page({ brand: null, title: 'Back from the consent page', body })
}

export function troublePage(title: string, text: string): Html {
  return page({ brand: null, title, body: html`<p>${text}</p>` })
}

function alert(problem: string | undefined): Html | null {
  return problem === undefined ? null : html`<p class="alert" role="alert">${problem}</p>`
}

function hidden(formToken: string): Html {
  return html`<input type="hidden" name="form" value="${formToken}">`
}
