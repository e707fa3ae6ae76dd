import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { decimalsOf, moneyText } from '../format/currency.ts'
import { dayText } from '../format/time.ts'
import { wordsOf } from '../format/words.ts'

/** Amounts of one currency by period; a period is told by its first day. */
export interface Series {
  readonly currency: string
  readonly periods: readonly string[]
  /** In minor units. */
  readonly amounts: readonly number[]
}

const height_px = 160
const bar_share = 0.7
const bar_px_max = 48

/** Bars over time. Who cannot see them reads the same as a table. */
export function Chart({ series, label = 'amount' }: { series: Series; label?: string }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const plot = drawn(element, series)
    const observer = new ResizeObserver(() =>
      plot.setSize({ width: element.clientWidth, height: height_px }),
    )
    observer.observe(element)
    return () => {
      observer.disconnect()
      plot.destroy()
    }
  }, [series])
  return (
    <figure className="chart">
      <figcaption>{series.currency}</figcaption>
      <div ref={place} aria-hidden="true" />
      <table className="unseen">
        <caption>
          {wordsOf(label)} in {series.currency} by period
        </caption>
        <tbody>
          {series.periods.map((period, i) => (
            <tr key={period}>
              <th scope="row">{dayText(period)}</th>
              <td>{moneyText(series.amounts[i] ?? 0, series.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

function drawn(element: HTMLElement, { currency, periods, amounts }: Series): uPlot {
  // Of its style, for a canvas knows no variables; which of two colours counts is decided there.
  const { color, borderTopColor, fill } = getComputedStyle(element)
  const axis = {
    stroke: color,
    grid: { stroke: borderTopColor },
    font: '12px system-ui',
  }
  const scale = 10 ** decimalsOf(currency)
  const compact = new Intl.NumberFormat(undefined, { notation: 'compact' })
  const bars = uPlot.paths.bars?.({ size: [bar_share, bar_px_max] })
  return new uPlot(
    {
      width: element.clientWidth,
      height: height_px,
      legend: { show: false },
      cursor: { show: false },
      // A period is a day of UTC, whatever the reader's own zone.
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      scales: {
        x: { range: (_, first, last) => withMargin(first, last, periods.length) },
        y: { range: (_, low, high) => [Math.min(low, 0), Math.max(high, 1)] },
      },
      axes: [
        axis,
        { ...axis, size: 56, values: (_, ticks) => ticks.map((tick) => compact.format(tick)) },
      ],
      series: [
        {},
        {
          fill,
          ...(bars ? { paths: bars } : {}),
          points: { show: false },
        },
      ],
    },
    [periods.map((period) => Date.parse(period) / 1000), amounts.map((amount) => amount / scale)],
    element,
  )
}

const day_s = 86_400

/** Half a period at either end, so that the outer bars stand whole. */
function withMargin(first: number, last: number, periods: number): [number, number] {
  const margin = periods > 1 ? (last - first) / (periods - 1) / 2 : day_s
  return [first - margin, last + margin]
}
