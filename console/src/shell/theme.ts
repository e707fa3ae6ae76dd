export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const place = 'furrow.theme'

export function rememberedTheme(): Theme {
  const kept = localStorage.getItem(place)
  return themes.find((theme) => theme === kept) ?? 'system'
}

/** Shows and remembers a theme; `system` follows the machine. */
export function applyTheme(theme: Theme) {
  localStorage.setItem(place, theme)
  document.documentElement.dataset.theme = theme
}
