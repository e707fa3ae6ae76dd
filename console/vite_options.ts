import type { InlineConfig } from 'vite'

const root = new URL('./', import.meta.url).pathname

/** How the console is built and served while it is worked on. */
export const viteOptions = {
  configFile: false,
  root,
  // Inlined files would be data: addresses, which the page's policy does not allow.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2023' },
  oxc: { jsx: { runtime: 'automatic' } },
} as const satisfies InlineConfig
