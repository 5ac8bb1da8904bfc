/** So many requests at once: the service lets no more of one key in, and makes the rest wait or refuses them. */
const MOST = 4

const waiting: (() => void)[] = []
let running = 0

/** Do something when it is its turn, first come first served. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MOST) await new Promise<void>((begin) => waiting.push(begin))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
