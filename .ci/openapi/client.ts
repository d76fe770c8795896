// A client of which every type comes from the OpenAPI document; tsc --strict compiles it, and it runs against a gateway.
// Usage: node client.js BASE_URL
import assert from 'node:assert/strict'
import createClient from 'openapi-fetch'
import type { components, paths } from './api.js'

type Book = components['schemas']['books']

const client = createClient<paths>({
  baseUrl: process.argv[2] ?? 'http://127.0.0.1:8080',
  // conditions on fields are query words of their own
  querySerializer: { object: { style: 'form', explode: true }, array: { style: 'form', explode: false } },
})

const book: Book = { id: 'moby-dick', title: 'Moby-Dick', 'author-id': 'melville', pages: 635 }

const created = await client.POST('/api/books', { body: book })
assert.equal(created.response.status, 201, JSON.stringify(created.error))
assert.equal(created.data?.title, 'Moby-Dick')
const tag = created.response.headers.get('ETag') ?? ''

const listed = await client.GET('/api/books', {
  params: { query: { filter: { 'pages:gte': '600' }, 'author-id': 'melville', _sort: ['-title', 'id'], _limit: 5 } },
})
assert.deepEqual(listed.data?.map((each) => each.id), ['moby-dick'])
assert.equal(listed.response.headers.get('X-Total-Count'), '1')

const path = { id: 'moby-dick' }
const got = await client.GET('/api/books/{id}', { params: { path } })
assert.equal(got.data?.pages, 635)

const updated = await client.PATCH('/api/books/{id}', {
  params: { path, header: { 'If-Match': tag } },
  headers: { 'Content-Type': 'application/merge-patch+json' },
  body: { pages: 654 },
})
assert.equal(updated.data?.pages, 654)

const stale = await client.PUT('/api/books/{id}', { params: { path, header: { 'If-Match': tag } }, body: book })
assert.equal(stale.response.status, 412)
// a problem is typed, too
const message: string | undefined = stale.error?.message
assert.ok(message)

// @ts-expect-error: a field of another type than the schema's does not compile
const wrong: Book = { title: 1, 'author-id': 'melville' }
assert.ok(wrong)

const deleted = await client.DELETE('/api/books/{id}', { params: { path } })
assert.ok(deleted.response.ok)
const missing = await client.GET('/api/books/{id}', { params: { path } })
assert.equal(missing.response.status, 404)
assert.equal(missing.error?.status, 404)
console.log('client: listed, created, got, updated and deleted, as the document says')
