// Loads real records through the HTTP API of a running gateway, reads them back in pages and with
// filters, and compares with what this program computes from the file by itself.
// Usage: node check.mjs BASE_URL MOVIES_JSON RESOURCE [RESOURCE ...]
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'

const [base, file, ...resources] = process.argv.slice(2)
const movies = JSON.parse(readFileSync(file, 'utf8')).map((movie, index) => ({
  id: `m/${index}`,
  ...movie,
}))
const byId = new Map(movies.map((movie) => [movie.id, movie]))
let passed = 0
let failed = 0

function check(name, ok, detail = '') {
  if (ok) {
    passed++
  } else {
    failed++
    console.error(`FAILED ${name} ${detail}`)
  }
}

async function json(url, options) {
  const response = await fetch(url, options)
  const text = await response.text()
  if (!response.ok) {
    throw new Error(`${options?.method ?? 'GET'} ${url} answered ${response.status}: ${text}`)
  }
  return { body: text === '' ? undefined : JSON.parse(text), headers: response.headers }
}

// Several requests at a time, as a client that loads data would do.
async function each(list, action, width = 16) {
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < list.length) {
        await action(list[next++])
      }
    }),
  )
}

async function load(resource) {
  await each(movies, (movie) =>
    json(`${base}/api/${resource}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(movie),
    }),
  )
}

// Follows Link: rel="next" to the end.
async function pages(resource, query) {
  const items = []
  let url = `${base}/api/${resource}?${query}`
  let count
  for (let page = 0; url !== undefined; page++) {
    if (page > movies.length) {
      throw new Error(`${resource}?${query} does not end`)
    }
    const { body, headers } = await json(url)
    items.push(...body)
    count ??= headers.get('X-Total-Count')
    const next = /<([^>]*)>; rel="next"/.exec(headers.get('Link') ?? '')
    url = next === null ? undefined : new URL(next[1], url).href
  }
  return { items, count }
}

const text = (value) => (value === null || value === undefined ? undefined : String(value))
const word = (name, value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
const filters = [
  ['', () => true],
  [word('Major Genre', 'Comedy'), (m) => m['Major Genre'] === 'Comedy'],
  // the operand takes the type of the stored value: some titles are numbers in this file
  [word('Title', '300'), (m) => text(m.Title) === '300'],
  [word('IMDB Rating:gte', '8.5'), (m) => m['IMDB Rating'] !== null && m['IMDB Rating'] >= 8.5],
  [
    `${word('MPAA Rating', 'G')}&${word('MPAA Rating', 'NC-17')}`,
    (m) => ['G', 'NC-17'].includes(m['MPAA Rating']),
  ],
  [
    word('Production Budget:between', '1000000,2000000'),
    (m) => m['Production Budget'] !== null && m['Production Budget'] >= 1e6 && m['Production Budget'] <= 2e6,
  ],
  [word('Director:isnull', 'false'), (m) => m.Director !== null],
  [word('US DVD Sales:isnull', 'true'), (m) => m['US DVD Sales'] === null],
  [word('Title:contains', 'È'), (m) => typeof m.Title === 'string' && m.Title.includes('È')],
  [word('Release Date:endsWith', ' 1998'), (m) => m['Release Date'].endsWith(' 1998')],
  [
    `${word('Source:ne', 'Original Screenplay')}&${word('Running Time min:gt', '150')}`,
    (m) => m.Source !== 'Original Screenplay' && m['Running Time min'] > 150,
  ],
  [word('q', 'godfather'), (m) => JSON.stringify(m).toLowerCase().includes('godfather')],
]

async function compare(resource) {
  for (const [query, matches] of filters) {
    const expected = movies.filter(matches)
    for (const size of [1000, 137]) {
      const name = `${resource}?${query} by ${size}`
      const { items, count } = await pages(resource, `_limit=${size}&${query}`)
      const ids = new Set(items.map((item) => item.id))
      check(`${name}: each once`, ids.size === items.length, `${items.length} items, ${ids.size} ids`)
      check(`${name}: all of them`, isDeepStrictEqual(ids, new Set(expected.map((m) => m.id))),
        `${ids.size} instead of ${expected.length}`)
      check(`${name}: unchanged`, items.every((item) => isDeepStrictEqual(item, byId.get(item.id))))
      check(`${name}: count`, count === String(expected.length), `${count} instead of ${expected.length}`)
    }
    if (query !== '' && expected.length === 0) {
      check(`${query}: says something`, false, 'this filter matches nothing in the file')
    }
  }
  for (const movie of [movies[0], movies[1234], movies.at(-1)]) {
    const { body } = await json(`${base}/api/${resource}/${encodeURIComponent(movie.id)}`)
    check(`${resource}/${movie.id}`, isDeepStrictEqual(body, movie))
  }
}

for (const resource of resources) {
  const started = Date.now()
  await load(resource)
  await compare(resource)
  console.log(`real data: ${resource} holds ${movies.length} records, ${Date.now() - started} ms`)
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
