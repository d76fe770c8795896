// The scenarios: each is a series of requests to both servers, which start it with the same data.
import { data } from './data.mjs'

const json = { 'Content-Type': 'application/json' }
const get = (path, headers = {}) => ({ method: 'GET', path, headers })
const send = (method, path, body, headers = json) => ({
  method,
  path,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const bare = (method, path, headers = {}) => ({ method, path, headers })
const each = (paths) => paths.map((path) => ({ requests: [get(path)] }))

const lists = each([
  '/posts', '/posts/', '/comments', '/users', '/sparse', '/countries', '/few',
  // filter
  '/posts?title=Zebra%2000', '/posts?category=news', '/posts?category=News', '/posts?category=NEWS',
  '/posts?category=news&category=tech', '/posts?category=news&published=true', '/posts?published=false',
  '/posts?views=10', '/posts?views=2.5', '/posts?views=-3', '/posts?views=1000000', '/posts?views=ten',
  '/posts?category=art+%26+life', '/posts?category=art%20%26%20life', '/posts?category=nothing', '/posts?category=',
  '/posts?id=101', '/posts?id=101&id=105&id=139', '/posts?id=999', '/posts?id=101&id=999', '/posts?id=abc',
  '/posts?author.name=ann', '/posts?author.address.city=Oslo', '/posts?author.address.zip=1001',
  '/posts?author.name=ann&author.address.city=Rome', '/posts?author.name=%C3%A7elik', '/posts?author=ann',
  '/users?id=ann', '/users?id=b%20c&id=%C3%BC%2F1', '/users?id=b+c', '/users?email=bob%2Bx@example.com', '/users?email=',
  '/users?name=%E6%BC%A2', '/users?active=true&age=30', '/users?id=100', '/comments?postId=101', '/comments?userId=b%20c',
  '/sparse?label=five', '/sparse?value=5', '/sparse?value=10', '/sparse?value=true', '/sparse?value=null', '/sparse?label=',
  '/sparse?extra.deep.deeper=x', '/sparse?extra.deep=x', '/sparse?list=only', '/sparse?list=a', '/sparse?list.0=only',
  '/posts?views=10.0', '/posts?tags=x', '/posts?author[name]=ann', '/posts?category[]=news', '/posts?category',
  // words that mean nothing
  '/posts?nosuch=1', '/posts?nosuch=1&category=news', '/posts?nosuch_gte=1', '/posts?nosuch_ne=1', '/posts?_nosuch=1',
  '/posts?_=1700000000000&category=news', '/posts?callback=run&id=101', '/posts?_delay=1&id=101', '/posts?_order=desc',
  '/posts?&category=news&', '/posts?',
  // operators
  '/posts?views_gte=10', '/posts?views_lte=10', '/posts?views_gte=5&views_lte=10', '/posts?views_gte=1001',
  '/posts?views_gte=abc', '/posts?views_gte=9&views_lte=2', '/posts?views_gte=1e2', '/posts?views_ne=10',
  '/posts?title_gte=b', '/posts?title_lte=C', '/posts?title_gte=a&title_lte=b', '/posts?category_ne=news',
  '/posts?id_ne=101', '/posts?id_ne=101&id_ne=102', '/posts?id_gte=130', '/posts?id_gte=110&id_lte=115&id_ne=112',
  '/posts?author.name_ne=ann', '/posts?author.address.zip_gte=1002', '/posts?published_ne=true',
  '/posts?title_like=apple', '/posts?title_like=APPLE', '/posts?title_like=%C3%A5ngstr', '/posts?title_like=%E6%BC%A2',
  '/posts?title_like=a%3Db%26c', '/posts?title_like=nothing', '/posts?author.name_like=O', '/posts?title_like=',
  '/posts?title_like=%5EZebra', '/posts?title_like=0%24', '/posts?title_like=Zebra.*4', '/posts?title_like=zebra%7Capple',
  '/posts?title_like=%5B', '/posts?title_like=C%2B%2B', '/posts?title_like=C%5C%2B%5C%2B', '/posts?views_like=1',
  '/posts?views_gte=0&views_gte=100', '/posts?views_lte=0&views_lte=100', '/posts?title_like=Zebra&title_like=apple',
  '/sparse?value_ne=5', '/sparse?value_gte=5', '/sparse?label_ne=five', '/sparse?label_like=ten', '/sparse?value_like=t',
  '/sparse?label_gte=%EF%BC%81', '/sparse?value_gte=9',
  // full text
  '/posts?q=zebra', '/posts?q=ZEBRA', '/posts?q=oslo', '/posts?q=%C3%87elik', '/posts?q=100', '/posts?q=t3', '/posts?q=nothing',
  '/posts?q=a%3Db', '/posts?q=zebra&category=news', '/posts?q=', '/posts?q=zebra&q=apple', '/users?q=example', '/users?q=%F0%9F%98%80',
  '/sparse?q=x', '/posts?q=true', '/posts?q=2.5', '/comments?q=comment%201', '/posts?q=0',
  // sort
  '/posts?_sort=views', '/posts?_sort=views&_order=asc', '/posts?_sort=views&_order=desc', '/posts?_sort=views&_order=DESC',
  '/posts?_sort=title', '/posts?_sort=title&_order=desc', '/posts?_sort=category,views&_order=desc,asc',
  '/posts?_sort=category,views&_order=desc', '/posts?_sort=author.name,author.address.zip&_order=asc,desc',
  '/posts?_sort=published,id&_order=desc,desc', '/posts?_sort=id&_order=desc', '/posts?_sort=author.address.city',
  '/users?_sort=age,name', '/users?_sort=id', '/comments?_sort=votes&_order=desc&postId=101', '/posts?_sort=', '/posts?_sort=nosuch',
  '/countries?_sort=continent', '/countries?_sort=continent&_order=desc', '/countries?_sort=id&_order=desc',
  '/sparse?_sort=value', '/sparse?_sort=value&_order=desc', '/sparse?_sort=label', '/sparse?_sort=list',
  '/posts?_sort=views&_order=sideways', '/posts?_sort=views&_order=asc,desc', '/posts?_sort=-views',
  // pages
  '/few?_page=1', '/few?_page=2', '/few?_page=3', '/few?_page=4', '/posts?_page=1', '/posts?_page=2',
  '/few?_page=1&_limit=7', '/few?_page=2&_limit=7', '/few?_page=4&_limit=7', '/few?_page=5&_limit=7', '/few?_page=1&_limit=25',
  '/few?_page=1&_limit=100', '/few?_page=2&_limit=25', '/few?_page=2&_limit=5&rank=1', '/few?_page=1&_limit=5&rank_ne=1&_sort=name',
  '/few?_page=0&_limit=5', '/few?_page=-1&_limit=5', '/few?_page=abc&_limit=5', '/few?_page=&_limit=5', '/few?_page=1&_limit=0',
  '/few?_page=1&_limit=abc', '/few?_page=1&_limit=1000', '/few?_page=1&_limit=5&rank=9',
  // slices
  '/few?_limit=5', '/few?_limit=0', '/few?_limit=abc', '/few?_limit=-1', '/few?_limit=1000', '/few?_start=5&_limit=5', '/few?_start=24&_limit=5',
  '/few?_start=5&_end=10', '/few?_start=20&_end=30', '/few?_start=30&_end=40', '/few?_start=10&_end=5', '/few?_start=5&_end=5',
  '/few?_end=5', '/few?_end=0', '/few?_start=0&_end=25', '/few?_start=5', '/few?_start=-5&_end=10', '/few?_start=abc&_end=5',
  '/few?_start=0&_end=abc', '/few?_start=0&_end=1000', '/few?_start=2&_end=6&_sort=name&_order=desc&rank_gte=1',
  '/few?_start=2&_end=6&_limit=1', '/few?_page=2&_start=0&_end=3',
  // relations
  '/posts?_embed=comments&id=101&id=110', '/comments?_expand=post&_limit=3', '/comments?_expand=post&_expand=user&_start=3&_end=6',
  '/comments/501?_expand=post', '/comments/530?_expand=post', '/posts/101?_embed=comments', '/posts/120?_embed=comments',
  '/posts?_embed=nosuch&id=101', '/comments?_expand=nosuch&id=501', '/users/ann?_embed=comments', '/users/%C3%BC%2F1?_embed=comments',
  '/posts/101/comments', '/posts/101/comments?votes_gte=5', '/posts/101/comments?_sort=votes&_order=desc',
  '/posts/101/comments?_page=1&_limit=2', '/posts/101/comments?_start=1&_end=3', '/posts/120/comments', '/posts/999/comments',
  '/posts/101/nosuch', '/users/%C3%BC%2F1/comments', '/comments?_expand=user&userId=ann&_limit=2',
  // items
  '/posts/101', '/posts/101/', '/posts/140', '/posts/999', '/posts/abc', '/posts/1', '/users/ann', '/users/b%20c', '/users/%C3%BC%2F1',
  '/users/user-%E6%BC%A2-%F0%9F%98%80', '/users/100', '/users/nobody', '/posts/101?nosuch=1', '/posts/101?_sort=views', '/posts/101.0',
  // what is not there
  '/nosuch', '/nosuch/1', '/db', '/profile', '/posts/101/comments/501', '//posts',
])

const methods = [
  bare('HEAD', '/posts'), bare('HEAD', '/few?_page=2&_limit=5'), bare('HEAD', '/posts/101'), bare('HEAD', '/posts/999'),
  bare('HEAD', '/nosuch'), bare('OPTIONS', '/posts'), bare('OPTIONS', '/posts/101'), bare('OPTIONS', '/nosuch'),
  bare('DELETE', '/posts'), send('PUT', '/posts', { title: 'x' }), send('PATCH', '/posts', { title: 'x' }),
  send('POST', '/posts/101', { title: 'x' }), bare('DELETE', '/nosuch/1'), send('POST', '/nosuch', { a: 1 }),
  send('PUT', '/profile', { name: 'x' }), bare('TRACE', '/posts'),
].map((request) => ({ requests: [request] }))

/** A write, and what reads show of it. */
const write = (changes, ...requests) => ({ changes: [changes].flat(), requests })
const after = [get('/notes'), get('/notes?_sort=id&_order=desc&_limit=2')]
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const writes = [
  write('notes', send('POST', '/notes', { id: 7, text: 'seven', list: [1, null, { a: [] }], nothing: null }), get('/notes/7'), ...after),
  write('notes', send('POST', '/notes', { id: 'seven', text: 'as text' }), get('/notes/seven'), get('/notes?id=seven')),
  write('notes', send('POST', '/notes/', { id: 8, text: 'slash' }), get('/notes/8')),
  write('notes', send('POST', '/notes', { id: 'a/b c', text: 'odd' }), get('/notes/a%2Fb%20c')),
  write('notes', send('POST', '/notes', { text: 'without id' })),
  write('notes', send('POST', '/notes', {})),
  write('notes', send('POST', '/notes', { id: 1, text: 'again' }), ...after),
  write('notes', send('POST', '/notes', { id: '1', text: 'again as text' }), ...after),
  write('notes', send('POST', '/notes', { id: null, text: 'null id' })),
  write('notes', send('POST', '/notes', { id: 0, text: 'zero' }), get('/notes/0')),
  write('notes', send('POST', '/notes', { id: '', text: 'empty id' })),
  write('notes', send('POST', '/notes', { id: 9, text: 'charset' }, { 'Content-Type': 'application/json; charset=utf-8' }), get('/notes/9')),
  write('notes', send('POST', '/notes', { text: 'ü 漢 😀', id: 10 }), get('/notes/10'), get('/notes?text=%C3%BC%20%E6%BC%A2%20%F0%9F%98%80')),
  write('notes', send('PUT', '/notes/1', { text: 'replaced' }), get('/notes/1'), ...after),
  write('notes', send('PUT', '/notes/1', { id: 1, text: 'replaced' }), get('/notes/1')),
  write('notes', send('PUT', '/notes/1', { id: '1', text: 'replaced' }), get('/notes/1')),
  write('notes', send('PUT', '/notes/1', { id: 2, text: 'another id' }), ...after),
  write('notes', send('PUT', '/notes/1', {}), get('/notes/1')),
  write('notes', send('PUT', '/notes/1/', { text: 'slash' }), get('/notes/1')),
  write('notes', send('PUT', '/notes/99', { text: 'nobody' }), ...after),
  write('notes', send('PATCH', '/notes/1', { text: 'patched' }), get('/notes/1'), ...after),
  write('notes', send('PATCH', '/notes/1', { text: 'patched', more: [1, 2] }), get('/notes/1')),
  write('notes', send('PATCH', '/notes/1', { meta: { color: 'blue' } }), get('/notes/1')),
  write('notes', send('PATCH', '/notes/1', { text: null }), get('/notes/1')),
  write('notes', send('PATCH', '/notes/1', { id: 2 }), ...after),
  write('notes', send('PATCH', '/notes/1', {}), get('/notes/1')),
  write('notes', send('PATCH', '/notes/99', { text: 'nobody' }), ...after),
  write('notes', bare('DELETE', '/notes/1'), get('/notes/1'), ...after, bare('DELETE', '/notes/1')),
  write('notes', bare('DELETE', '/notes/2', { Accept: 'application/json' }), get('/notes/2'), ...after),
  write('notes', bare('DELETE', '/notes/99'), ...after),
  write('notes', send('POST', '/notes', { id: 5, text: 'x' }), send('PATCH', '/notes/5', { text: 'y' }), send('PUT', '/notes/5', { text: 'z' }),
    get('/notes/5'), bare('DELETE', '/notes/5'), get('/notes/5'), ...after),
  write(['owners', 'pets'], bare('DELETE', '/owners/1'), get('/pets')),
  write(['owners', 'pets'], send('POST', '/owners/1/pets', { id: 3, name: 'kit' }), get('/pets')),
  write('notes', send('POST', '/notes', '{"id": 20, "text": '), ...after),
  write('notes', send('POST', '/notes', '[{"id": 20}]')),
  write('notes', send('POST', '/notes', 'null')),
  write('notes', send('POST', '/notes', '"text"')),
  write('notes', send('POST', '/notes', '')),
  write('notes', send('PUT', '/notes/1', '[]')),
  write('notes', send('PUT', '/notes/1', 'no json')),
  write('notes', send('PATCH', '/notes/1', '7')),
  write('notes', send('POST', '/notes', '{"id": 21, "text": "x"}', { 'Content-Type': 'text/plain' })),
  write('notes', send('POST', '/notes', '{"id": 22, "text": "x"}', {})),
  write('notes', send('PUT', '/notes/1', '{"text": "x"}', { 'Content-Type': 'text/plain' })),
  write('notes', send('POST', '/notes', 'id=form&text=x', form)),
  write('notes', send('PATCH', '/notes/1', { text: 'merged' }, { 'Content-Type': 'application/merge-patch+json' }), get('/notes/1')),
  write('notes', send('POST', '/notes/3', '', { 'X-HTTP-Method-Override': 'DELETE' }), get('/notes/3')),
  write('notes', send('POST', '/notes', { id: 30, text: 'twice', text2: 'x' }), send('POST', '/notes', { id: 30, text: 'twice' })),
]

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
function generated(length) {
  const next = random(20240613)
  const below = (limit) => Math.floor(next() * limit)
  const pick = (list) => list[below(list.length)]
  const fields = {
    posts: ['id', 'title', 'views', 'category', 'published', 'author.name', 'author.address.city', 'author.address.zip'],
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
      case 0: return [word(field, sample())]
      case 1: return [word(field, sample()), word(field, sample())]
      case 2: return [word(`${field}_ne`, sample())]
      case 3: return typeof sample() === 'boolean' ? [word(field, sample())] : [word(`${field}_gte`, sample())]
      case 4: return typeof sample() === 'boolean' ? [word(field, sample())] : [word(`${field}_lte`, sample())]
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
      case 0: return [`_page=${1 + below(4)}`, `_limit=${1 + below(9)}`]
      case 1: return [`_start=${start}`, `_end=${start + 1 + below(8)}`]
      case 2: return [`_start=${start}`, `_limit=${1 + below(9)}`]
      case 3: return collection === 'few' ? [`_page=${1 + below(4)}`] : [`_limit=${1 + below(30)}`]
      default: return []
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

export const scenarios = [...lists, ...methods, ...writes, ...generated(300)]
