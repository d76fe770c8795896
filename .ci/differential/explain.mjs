// Looks a difference up in chosen.mjs, and remembers what of it there was.
import { isDeepStrictEqual } from 'node:util'
import { chosen } from './chosen.mjs'
import { data } from './data.mjs'

const keyed = ['lists', 'statuses', 'bodies']
const used = new Set()

/** Whether the list has this difference. */
export function explain(difference) {
  const found = chosen.flatMap((entry) => reasons(entry, difference))
  found.forEach((name) => used.add(name))
  return found.length > 0
}

/** What the list has and no difference was. */
export function unused() {
  return chosen.flatMap((entry) => names(entry)).filter((name) => !used.has(name))
}

const line = (entry, key) => `${entry.name}: ${key}`

function names(entry) {
  const lines = keyed.flatMap((kind) => Object.keys(entry[kind] ?? {})).map((key) => line(entry, key))
  return entry.explains === undefined ? lines : [entry.name, ...lines]
}

/** A request after the first of a scenario is told as "first → request". */
function reasons(entry, difference) {
  const { request, first, aspect, our } = difference
  const found = entry.explains?.(difference) ? [entry.name] : []
  const key = (told, ofFirst) => (request === first ? told : `${ofFirst} → ${told}`)
  const full = key(tell(request), tell(first))
  const list = key(request.path, tell(first))
  if (aspect === 'status' && entry.statuses?.[full] === our.status) {
    found.push(line(entry, full))
  }
  if (aspect === 'body' && full in (entry.bodies ?? {}) && isDeepStrictEqual(our.body, entry.bodies[full])) {
    found.push(line(entry, full))
  }
  if (aspect === 'body' && request.method === 'GET' && list in (entry.lists ?? {})) {
    const items = data[/^\/(\w+)/.exec(request.path)[1]]
    if (
      isDeepStrictEqual(
        our.body,
        entry.lists[list].map((id) => items.find((item) => item.id === id)),
      )
    ) {
      found.push(line(entry, list))
    }
  }
  return found
}

const tell = (request) =>
  `${request.method} ${request.path}${request.body === undefined ? '' : ` ${request.body}`}`
