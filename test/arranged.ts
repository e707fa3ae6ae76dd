import type { NotificationPart } from '../src/api/notification_part.ts'
import { NotReceived } from '../src/ingest/not_received.ts'
import type { Connection } from '../src/store/connection.ts'

/** Arranges nothing at any partner, and believes nothing: for tests of who may ask for it. */
export function arranged(asked: (connection: Connection) => void): NotificationPart {
  const done = async (connection: Connection) => asked(connection)
  return {
    publicUrl: 'https://furrow.example',
    receive: async () => {
      throw new NotReceived('unknown', 'connection: there is none')
    },
    register: done,
    unregister: done,
    setSecret: done,
    silence: done,
    resume: done,
  }
}
