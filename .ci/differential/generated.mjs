import { data } from './data.mjs'
import { get } from './request.mjs'

// mulberry32: the same requests in every run
function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Lists with random filters, orders and pages over fields that every item has, where nothing should be different. */
export function generated(length) {
  const next = random(20240613)
  const below = (limit) => Math.floor(next() * limit)
  const pick = (list) => list[below(list.length)]
  const fields = {
    posts: [
      'id',
      'title',
      'views',
      'category',
      'published',
      'author.name',
      'author.address.city',
      'author.address.zip',
    ],
    comments: ['id', 'body', 'votes', 'postId', 'userId'],
    users: ['id', 'name', 'age', 'active'],
    few: ['id', 'name', 'rank'],
  }
  const value = (item, path) => path.split('.').reduce((part, name) => part[name], item)
  const word = (name, text) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`

  function filter(collection) {
    const field = pick(fields[collection])
    const sample = () => value(pick(data[collection]), field)
    switch (below(6)) {
      case 0:
        return [word(field, sample())]
      case 1:
        return [word(field, sample()), word(field, sample())]
      case 2:
        return [word(`${field}_ne`, sample())]
      case 3:
        return typeof sample() === 'boolean' ? [word(field, sample())] : [word(`${field}_gte`, sample())]
      case 4:
        return typeof sample() === 'boolean' ? [word(field, sample())] : [word(`${field}_lte`, sample())]
      default: {
        const text = sample()
        const part = typeof text === 'string' ? /[a-zåäöáç]{1,4}/i.exec(text)?.[0] : undefined
        return part === undefined ? [word(field, text)] : [word(`${field}_like`, part)]
      }
    }
  }

  function order(collection) {
    const names = [...new Set([pick(fields[collection]), pick(fields[collection])])].slice(0, 1 + below(2))
    const directions = names.map(() => pick(['asc', 'desc', 'ASC', 'DESC']))
    return [`_sort=${names.join(',')}`, ...(next() < 0.7 ? [`_order=${directions.join(',')}`] : [])]
  }

  function page(collection) {
    const start = below(12)
    switch (below(collection === 'few' ? 4 : 6)) {
      case 0:
        return [`_page=${1 + below(4)}`, `_limit=${1 + below(9)}`]
      case 1:
        return [`_start=${start}`, `_end=${start + 1 + below(8)}`]
      case 2:
        return [`_start=${start}`, `_limit=${1 + below(9)}`]
      case 3:
        return collection === 'few' ? [`_page=${1 + below(4)}`] : [`_limit=${1 + below(30)}`]
      default:
        return []
    }
  }

  return Array.from({ length }, () => {
    const collection = pick(Object.keys(fields))
    const words = [
      ...(next() < 0.7 ? filter(collection) : []),
      ...(next() < 0.3 ? filter(collection) : []),
      ...(next() < 0.15 ? [word('q', pick(['a', 'ann', 'e', '1', 'ZEBRA', 'few', 'comment', 'å']))] : []),
      ...(next() < 0.6 ? order(collection) : []),
      ...page(collection),
    ]
    return { requests: [get(`/${collection}?${words.join('&')}`)] }
  })
}
