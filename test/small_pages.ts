import type { Partner } from '../src/partners/partner.ts'
import type { ListRequest } from '../src/partners/request.ts'
import type { Stream } from '../src/partners/stream.ts'

/** The same partner with so few rows a page that the lists of a small world have several. */
export function inPagesOf(partner: Partner, page_size: number): Partner {
  const small = (list: ListRequest): ListRequest => ({ ...list, page_size })
  const { events } = partner
  return {
    ...partner,
    streams: partner.streams.map((stream) => smaller(stream, small)),
    ...(events ? { events: { ...events, list: small(events.list) } } : {}),
  }
}

function smaller(stream: Stream, small: (list: ListRequest) => ListRequest): Stream {
  const { list, parent, attach = [] } = stream
  return {
    ...stream,
    list: typeof list === 'function' ? (facts) => small(list(facts)) : small(list),
    ...(parent ? { parent: { ...parent, lists: (id) => parent.lists(id).map(small) } } : {}),
    attach: attach.map(({ as, list: of }) => ({
      as,
      list: (payload) => {
        const wanted = of(payload)
        return wanted && small(wanted)
      },
    })),
  }
}
