// What a browser asks before it lets a page of another origin use these clients.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { api } from './posts.mjs'

const origin = 'http://localhost:5173'
const names = (response, header) => (response.headers.get(header) ?? '').toLowerCase().split(/, */)

test('a page may read what the clients read', async () => {
  const response = await fetch(`${api}/plain`, { headers: { Origin: origin } })
  assert.equal(response.headers.get('Access-Control-Allow-Origin'), origin)
  for (const header of ['x-total-count', 'content-range', 'link']) {
    assert.ok(names(response, 'Access-Control-Expose-Headers').includes(header), header)
  }
})

test('a page may send what the clients send', async () => {
  for (const [path, method, header] of [
    ['/plain', 'GET', 'range'], // ra-data-simple-rest, on lists
    ['/plain', 'POST', 'content-type'],
    ['/plain/1', 'PUT', 'content-type'],
    ['/plain/1', 'PATCH', 'content-type'],
    ['/plain/1', 'DELETE', 'content-type'],
  ]) {
    const response = await fetch(api + path, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': method,
        'Access-Control-Request-Headers': header,
      },
    })
    assert.equal(response.ok, true, method)
    assert.equal(response.headers.get('Access-Control-Allow-Origin'), origin)
    assert.ok(names(response, 'Access-Control-Allow-Methods').includes(method.toLowerCase()), method)
    assert.ok(names(response, 'Access-Control-Allow-Headers').includes(header), header)
  }
})

test('other pages may nothing', async () => {
  const response = await fetch(`${api}/plain`, { headers: { Origin: 'http://localhost:5174' } })
  assert.equal(response.headers.get('Access-Control-Allow-Origin'), null)
})
