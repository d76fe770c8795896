// The posts that every client works on, and what a right answer about them is, worked out here and not by a gateway.

import { isDeepStrictEqual } from 'node:util'

export const api = `${process.env.BACKPLANE_URL}/api`

export const backends = ['memory', 'dynamodb']
export const idKinds = ['text', 'number']

// every way to write an id that a client can get wrong; the first eight can stand in a URL as they are
const textIds = ['a1', 'b 2', 'ü-漢-😀', 'x;y', "it's", 'p+q', 'r&s=t', '7', 'a/b', '100%', '%2F', 'w?z#1']

const titles = [
  'Ångström',
  'C++ & C#',
  'a=b&c=d',
  '100% sure?',
  '漢字 and 😀',
  'It\'s «quoted» "twice"',
  'ann',
  'Anna',
  'joanna',
  'back\\slash/slash',
  'star * and (parens) [x]',
  'plus+space %20',
]
const owners = ['ann & co', 'bob/ü', 'ann & co', 'c+d']

/** Twelve posts: titles are unique, other fields have ties, one field is not always there. */
export function posts(idKind) {
  const id = (index) => (idKind === 'text' ? textIds[index] : index + 1)
  return titles.map((title, index) => ({
    id: id(index),
    title,
    views: [30, 7, 100, 7, -5, 12.5, 30, 100, 0, 9, 64, 7][index],
    category: ['news', 'tech', 'art & life'][index % 3],
    published: index % 2 === 0,
    author: { name: `author ${index % 4}`, city: ['Oslo', 'København'][index % 2] },
    tags: ['x', `t${index}`],
    owner: owners[index % 4],
    ...(index % 3 === 0 ? { subtitle: `sub ${index}` } : {}),
    ...(index > 0 ? { parentId: id((index - 1) % 3) } : {}),
  }))
}

/** Whether the post's id can stand in a path as it is, for clients that do not encode it. */
export const isPlain = (post) => !/[/%?#]/.test(String(post.id))

/** Makes a resource hold these items and nothing else; what is right already stays, which saves most of the time. */
export async function reset(resource, items) {
  const url = `${api}/${resource}`
  const wanted = new Map(items.map((item) => [item.id, item]))
  const kept = new Set()
  const old = await (await fetch(`${url}?_limit=500`)).json()
  await each(old, async (item) => {
    if (isDeepStrictEqual(item, wanted.get(item.id))) {
      kept.add(item.id)
    } else {
      await call(`${url}/${encodeURIComponent(item.id)}`, { method: 'DELETE' })
    }
  })
  await each(
    items.filter((item) => !kept.has(item.id)),
    (item) => create(resource, item),
  )
}

export const create = (resource, item) =>
  call(`${api}/${resource}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(item),
  })

/** The item as it is stored, read without any client; undefined when there is none. */
export async function stored(resource, id) {
  const response = await fetch(`${api}/${resource}/${encodeURIComponent(id)}`)
  return response.status === 404 ? undefined : response.json()
}

async function call(url, options) {
  const response = await fetch(url, options)
  if (!response.ok) {
    throw new Error(`${options.method} ${url} answered ${response.status}: ${await response.text()}`)
  }
}

const each = (list, action) => Promise.all(list.map(action))

const value = (item, path) => path.split('.').reduce((part, name) => part?.[name], item)

// by code point, as the contract says; JavaScript's < compares code units
const compareText = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))

function compare(a, b) {
  return typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : Number(a > b) - Number(a < b)
}

/** Sorted by fields such as "-views": a minus is descending; ties are in the order of their ids as text. */
export function sorted(items, ...fields) {
  return [...items].sort((a, b) => {
    for (const field of fields) {
      const name = field.replace(/^-/, '')
      const order = compare(value(a, name), value(b, name))
      if (order !== 0) {
        return field.startsWith('-') ? -order : order
      }
    }
    return compareText(String(a.id), String(b.id))
  })
}

/** In an order of its own, for lists whose order is nobody's promise. */
export const unordered = (items) => sorted(items)
