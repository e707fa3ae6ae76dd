export type Mode = 'test' | 'live'

const place = 'furrow.mode'

/** Whether test or live data are looked at; a browser may be signed in to both. */
export function currentMode(): Mode {
  return localStorage.getItem(place) === 'live' ? 'live' : 'test'
}

export function rememberMode(mode: Mode) {
  localStorage.setItem(place, mode)
}
