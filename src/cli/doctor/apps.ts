import { environmentApps, HalfAnApp } from '../../connect/app.ts'
import { partnerList } from '../../partners/index.ts'
import { type Finding, ok, wrong } from './finding.ts'

const check = 'apps at partners'

/** Whether each app that is set by the environment is set wholly. */
export function appFindings(): Finding[] {
  const found: string[] = []
  const faults: Finding[] = []
  for (const { name, oauth } of partnerList) {
    if (!oauth) continue
    for (const mode of ['test', 'live'] as const) {
      try {
        if (environmentApps({ partnerSource: name, mode })) found.push(`${name} (${mode})`)
      } catch (error) {
        if (!(error instanceof HalfAnApp)) throw error
        faults.push(wrong(check, error.message, 'set both variables, or neither'))
      }
    }
  }
  if (faults.length > 0) return faults
  if (found.length > 0) return [ok(check, found.join(', '))]
  return [ok(check, 'none: businesses enter keys instead')]
}
