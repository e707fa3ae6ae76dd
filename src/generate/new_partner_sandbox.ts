import { titleOf } from './new_partner_name.ts'
import { importText, mark } from './new_partner_text.ts'

/** A simulated partner that knows its keys and answers nothing yet. */
export function sandboxText(name: string): string {
  return `// ${titleOf(name)}, simulated: who asks, and what the answer is. Shares no code with src.
${[
  importText(['Answer', 'Asked', 'Partner', 'RefusalName', 'Row'], '../partner.ts', true),
  importText(['token'], '../world/random.ts'),
  importText(['createWorld', 'type WorldOptions'], '../world.ts'),
].join('\n')}

export function create${titleOf(name)}(options: WorldOptions): Partner {
  const { seed } = options
  const world = createWorld({ people: seed, ...options, seed: \`\${seed} ${name}\` })
  const keys = { own: keyFor(seed, 'own'), oracle: keyFor(seed, 'oracle') }
  const known = new Set([keys.own, keys.oracle])
  // ${mark}: world.listen(), before the world begins, and rows as the partner would write them.
  world.advanceTo(world.epoch)
  return {
    name: '${name}',
    answer: (asked) => (known.has(keyOf(asked)) ? read(asked) : REFUSALS.unauthorised),
    refuse: (refusal) => REFUSALS[refusal],
    keyOf,
    isOracle: (asked) => keyOf(asked) === keys.oracle,
    // ${mark}: where a list has its rows, and what its cursor is called.
    rows: (body) => (Array.isArray(body) ? body : [body as Row]), // one object is one row
    withRows: (body, rows) => (Array.isArray(body) ? rows : rows[0]),
    isList: (body) => Array.isArray(body),
    cursorOf: ({ query }) => new URLSearchParams(query).get('cursor'),
    withoutCursor: (asked) => {
      const query = new URLSearchParams(asked.query)
      query.delete('cursor')
      return { ...asked, query: query.toString() }
    },
    // ${mark}: deletes a customer by the partner's id, and says whether there was one.
    remove: () => false,
    tellOfUnknown: () => undefined,
    advanceTo: (time) => world.advanceTo(time),
    now: () => world.now(),
    world,
    access: {
      credential: { api_key: keys.own },
      oracle: { api_key: keys.oracle },
      wrong: { api_key: 'nobodyKnowsThisKey' },
      // ${mark}: the id that the account's own answer tells.
      accountId: '${name}_account',
    },
  }
}

function keyFor(seed: number | string, name: string): string {
  return token(40, '${name}', seed, name)
}

function keyOf({ headers }: Asked): string {
  const [scheme, key = ''] = String(headers.authorization ?? '').split(' ')
  return scheme === 'Bearer' ? key : ''
}

function read({ method, path }: Asked): Answer {
  const place = '${mark} read() in sandbox/${name}/partner.ts'
  return refusal(400, \`\${place}: \${method} \${path}\`)
}

function refusal(status: number, message: string): Answer {
  return { status, headers: {}, body: { message } }
}

// ${mark}: each in the partner's own words.
const REFUSALS: Record<RefusalName, Answer> = {
  unauthorised: refusal(401, 'Nobody has this key.'),
  scopeLost: refusal(403, 'This key may not read that.'),
  deauthorised: refusal(401, 'The seller took the consent back.'),
  tooMany: refusal(429, 'Too many requests.'),
  badCursor: refusal(400, 'There is no such cursor.'),
  broken: refusal(500, 'Something went wrong.'),
}
`
}
