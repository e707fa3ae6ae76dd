import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { currentVersion, type Version, versions } from '../model/versions.ts'
import { openApiDocument } from './openapi.ts'

/** The documents of both versions, and a page to read and try them; nothing is loaded from elsewhere. */
export async function docs(app: FastifyInstance, { version }: { version: string }) {
  const names = Object.keys(versions) as Version[]
  for (const name of names) {
    let text: string | null = null
    app.get(`/${name}/openapi.json`, (_, reply) => {
      text ??= JSON.stringify(openApiDocument(name, version))
      return reply.header('content-type', 'application/json; charset=utf-8').send(text)
    })
  }
  // The page has a policy of its own in place of the answers' one.
  app.addHook('onRequest', async (_, reply) => void reply.removeHeader('content-security-policy'))
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: page_policy },
    strictTransportSecurity: false,
  })
  await app.register(swagger, {
    mode: 'static',
    // The page reads the documents by their own addresses.
    specification: {
      document: { openapi: '3.1.0', info: { title: 'Furrow', version }, paths: {} },
    },
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'Furrow API' },
    uiConfig: {
      ...({
        urls: [...names].reverse().map((name) => ({ name, url: `/${name}/openapi.json` })),
        'urls.primaryName': currentVersion,
      } as object),
      docExpansion: 'none',
      defaultModelsExpandDepth: 0,
      persistAuthorization: false,
      tagsSorter: undefined,
    },
  })
}

const self = ["'self'"]
const page_policy = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'connect-src': self,
  'font-src': [...self, 'data:'],
  'form-action': self,
  'frame-ancestors': ["'none'"],
  'img-src': [...self, 'data:'],
  'script-src': self,
  // Swagger UI draws with style attributes.
  'style-src': [...self, "'unsafe-inline'"],
}
