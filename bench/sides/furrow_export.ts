// `furrow export` in a process of its own.
import { run } from '../../src/cli/export.ts'
import { answerAs } from '../side.ts'

answerAs({
  /** Exports all customers of the server that FURROW_URL names into a folder. */
  export: ({ out, format }: { out: string; format: string }) =>
    run(['customers'], { data: out, out, format }),
  /** The most memory the process ever had, in MiB: the kernel keeps it in KiB. */
  memory: async () => process.resourceUsage().maxRSS / 1024,
})
