// Lists that do not behave while they are read, and objects that vanish.
import type { Answer, Row } from '../partner.ts'
import { type Fault, number, type Strike } from './fault.ts'

const LATE_SHARE = 0.3

export const paging: Record<string, Fault> = {
  // Each page begins with the last row of the page before it.
  duplicate_rows: {
    lasting: true,
    change: (answer, strike) =>
      onList(answer, strike, (rows) => {
        const { path, query, body } = strike.partner.withoutCursor(strike.asked)
        const list = `${path} ${query} ${body}`
        const last = strike.memory.get(list) as Row | undefined // only rows are put there
        strike.memory.set(list, rows[rows.length - 1])
        return last && strike.partner.cursorOf(strike.asked) ? [last, ...rows] : rows
      }),
  },
  // The last row of a page is deleted once the page was served: what comes next has no cursor.
  page_shrinks: {
    afterwards: (answer, { partner }) => {
      const row = listed(answer, partner).at(-1)
      if (row) partner.remove(idOf(partner, row))
    },
  },
  cursor_refused: {
    instead: ({ partner, asked }) => {
      const refused = partner.cursorOf(asked) !== null
      return refused ? partner.refuse('badCursor', asked) : partner.answer(asked)
    },
  },
  empty_page_has_more: { change: (answer, strike) => onList(answer, strike, () => [], true) },
  // Every page is the first page, and says that there is more.
  cursor_loop: {
    lasting: true,
    ask: ({ partner, asked }) => partner.withoutCursor(asked),
    change: (answer, strike) => onList(answer, strike, (rows) => rows, true),
  },
  // Some rows are not in the lists yet, and are later.
  late_rows: {
    change: (answer, strike) =>
      onList(answer, strike, (rows) => {
        const share = number(strike, 'share', LATE_SHARE)
        const late = strike.random.below(rows.length)
        return rows.filter((_, i) => i !== late && !strike.random.chance(share))
      }),
  },
  // What is about to be answered is deleted first, and the answer is what is left.
  object_deleted: {
    instead: ({ partner, asked }) => {
      const answer = partner.answer(asked)
      if (answer.status !== 200) return answer
      const [row] = partner.rows(answer.body)
      return row && partner.remove(idOf(partner, row)) ? partner.answer(asked) : answer
    },
  },
  unknown_object_event: {
    instead: ({ partner, asked }) => {
      partner.tellOfUnknown()
      return partner.answer(asked)
    },
  },
}

function idOf(partner: Strike['partner'], row: Row): string {
  return partner.idOf?.(row) ?? String(row.id)
}

function onList(
  answer: Answer,
  { partner }: Strike,
  change: (rows: Row[]) => Row[],
  more?: boolean,
): Answer {
  if (answer.status !== 200) return answer
  const body = typeof answer.body === 'string' ? JSON.parse(answer.body) : answer.body
  if (!partner.isList(body)) return answer
  return { ...answer, body: partner.withRows(body, change(partner.rows(body)), more) }
}

function listed({ status, body }: Answer, partner: Strike['partner']): Row[] {
  return status === 200 && partner.isList(body) ? partner.rows(body) : []
}
