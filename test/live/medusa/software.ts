import type { Software } from '../installed.ts'

export const medusaSoftware: Software = {
  name: 'medusa',
  packages: {
    '@medusajs/medusa': '2.21.2',
    '@medusajs/framework': '2.21.2',
    '@medusajs/cli': '2.21.2',
    '@swc/core': '1',
    'ts-node': '10',
    typescript: '5',
  },
  scripted: ['@swc/core', 'esbuild'],
  // Its packages ask for peers that contradict each other.
  flags: ['--legacy-peer-deps'],
  size: '710 MB',
}

/** What it is told, written into its folder; the secrets come with the environment. */
export const configFiles: { readonly [name: string]: string } = {
  'medusa-config.ts': `
import { defineConfig } from '@medusajs/framework/utils'

module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: '',
      adminCors: '',
      authCors: '',
      jwtSecret: process.env.LIVE_SECRET,
      cookieSecret: process.env.LIVE_SECRET,
    },
  },
})
`,
  'tsconfig.json': `{
  "compilerOptions": {
    "target": "ES2021",
    "module": "Node16",
    "moduleResolution": "Node16",
    "esModuleInterop": true,
    "skipLibCheck": true
  },
  "include": ["medusa-config.ts"]
}
`,
}
