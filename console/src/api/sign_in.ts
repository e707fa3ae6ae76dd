import { type Mode, rememberMode } from './mode.ts'
import { send } from './request.ts'
import type { Session } from './types.ts'

const folder = '/console/session'

/** Signs in with a key, which the browser then forgets. Throws ApiProblem. */
export async function signIn(key: string): Promise<Session> {
  const session = await send<Session>('POST', folder, { key })
  rememberMode(session.mode)
  return session
}

/** Ends the session of the mode that is looked at. */
export async function signOut() {
  await send('DELETE', folder)
}

/** Looks at the other data from now on; the page begins anew, so that nothing of both meets. */
export function switchMode(mode: Mode) {
  rememberMode(mode)
  location.assign('/')
}
