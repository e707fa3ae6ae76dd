import type { FastifyInstance } from 'fastify'
import { versions } from '../model/versions.ts'
import { pageOf, sendPage, wantsPage } from './console/pages.ts'
import { llmsText, served } from './llms.ts'
import type { Metrics } from './metrics.ts'
import type { Context } from './operation.ts'
import { Problem, type ProblemCode, problems } from './problem.ts'

export interface About {
  /** Of the product. */
  readonly version: string
  readonly metrics: Metrics
  readonly stopping: AbortSignal
  /** Folder of the built console, whose first page `/` is for browsers. */
  readonly console: string | null
}

/** Routes without a version: health, metrics, what errors mean, and where to begin. */
export function health(app: FastifyInstance, context: Context, about: About) {
  const { version, metrics, stopping, console } = about
  const first = console === null ? null : pageOf(console)
  app.get('/', (request, reply) =>
    first !== null && wantsPage(request) ? sendPage(reply, first) : reply.send(indexOf(version)),
  )
  app.get('/livez', () => ({ status: 'ok' }))
  app.get('/readyz', async () => {
    if (stopping.aborted) {
      throw new Problem({ code: 'unavailable', detail: 'the server is being stopped' })
    }
    try {
      await context.db.query('select 1 as one')
    } catch {
      throw new Problem({ code: 'unavailable', detail: 'the database does not answer' })
    }
    return { status: 'ok' }
  })
  app.get('/metrics', async (_, reply) =>
    reply.header('content-type', metrics.contentType).send(await metrics.text()),
  )
  app.get('/llms.txt', (_, reply) =>
    reply.header('content-type', 'text/markdown; charset=utf-8').send(llmsText(served)),
  )
  app.get('/errors', () =>
    Object.fromEntries((Object.keys(problems) as ProblemCode[]).map((code) => [code, page(code)])),
  )
  app.get<{ Params: { code: string } }>('/errors/:code', ({ params }) => {
    if (Object.hasOwn(problems, params.code)) return page(params.code as ProblemCode)
    throw new Problem({
      code: 'not_found',
      detail: 'code: no such error; see /errors',
      param: 'code',
    })
  })
}

function page(code: ProblemCode) {
  const [status, description] = problems[code]
  return { code, status, description }
}

function indexOf(version: string) {
  const documents = Object.keys(versions).map((name) => [name, `/${name}/openapi.json`])
  return {
    name: 'Furrow',
    version,
    links: {
      docs: '/docs',
      openapi: Object.fromEntries(documents),
      customers: '/v2/customers',
      model: '/v2/model',
      errors: '/errors',
      llms: '/llms.txt',
      health: { live: '/livez', ready: '/readyz', metrics: '/metrics' },
    },
  }
}
