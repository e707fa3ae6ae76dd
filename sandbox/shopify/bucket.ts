// Shopify's leaky bucket: what a query may cost is taken out beforehand, what it did not cost is
// given back, and time fills it up.
export type Bucket = {
  // Whether there is enough; takes it.
  take: (points: number) => boolean
  giveBack: (points: number) => void
  status: () => { maximumAvailable: number; currentlyAvailable: number; restoreRate: number }
}

const SECONDS_IN_HAND = 20
const RESTORE_STANDARD = 100

// 0 is without a limit: the bucket is always full.
export function createBucket(restoreRate: number, now: () => number): Bucket {
  const rate = restoreRate || RESTORE_STANDARD
  const maximum = rate * SECONDS_IN_HAND
  let available = maximum
  let filledAt = now()
  const fill = () => {
    const time = now()
    available = Math.min(maximum, available + ((time - filledAt) / 1000) * rate)
    filledAt = time
  }
  return {
    take: (points) => {
      fill()
      if (restoreRate === 0) return true
      if (points > available) return false
      available -= points
      return true
    },
    giveBack: (points) => {
      if (restoreRate > 0) available = Math.min(maximum, available + points)
    },
    status: () => ({
      maximumAvailable: maximum,
      currentlyAvailable: Math.floor(available),
      restoreRate: rate,
    }),
  }
}
