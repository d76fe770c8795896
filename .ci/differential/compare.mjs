// Sends the same requests to json-server and to the gateway. What is different must be in chosen.mjs, and what is
// there must still be different.
// Usage: BACKPLANE_URL=… JSON_SERVER_URL=… node compare.mjs
import { Agent, request as open } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { chosen } from './chosen.mjs'
import { data } from './data.mjs'
import { explain, unused } from './explain.mjs'
import { generated } from './generated.mjs'
import { lists, methods } from './reads.mjs'
import { json } from './request.mjs'
import { writes } from './writes.mjs'

const theirs = process.env.JSON_SERVER_URL
const ours = `${process.env.BACKPLANE_URL}/api`
const agent = new Agent({ keepAlive: true })
const collections = Object.keys(data).filter((name) => Array.isArray(data[name]))

/** Sends the path as it stands; fetch would tidy it up. */
function send(base, { method, path, headers = {}, body }) {
  const { hostname, port, pathname } = new URL(base)
  return new Promise((resolve, reject) => {
    const prefix = pathname.replace(/\/$/, '')
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }
    const request = open({
      agent,
      hostname,
      port,
      method,
      path: prefix + path,
      headers: { ...headers, ...length },
    })
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks = []
      response.on('error', reject)
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        resolve(answer(response, text, base))
      })
    })
    request.end(body)
  })
}

/** What is compared: with addresses relative to where the server's resources are. */
function answer({ statusCode, headers }, text, base) {
  const { origin, pathname } = new URL(base)
  const relative = (address) => address.replace(origin, '').replace(new RegExp(`^${pathname}(?=/.)`), '')
  const link = Object.fromEntries(
    [...(headers.link ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g)].map(([, address, rel]) => [
      rel,
      relative(address),
    ]),
  )
  return {
    status: statusCode,
    type: headers['content-type']?.split(';')[0],
    body: parsed(text),
    total: headers['x-total-count'],
    link,
    location: headers.location === undefined ? undefined : relative(headers.location),
  }
}

function parsed(text) {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

async function expect(status, answering) {
  const answer = await answering
  if (answer.status !== status) {
    throw new Error(`expected ${status}: ${JSON.stringify(answer)}`)
  }
  return answer.body
}

/** Makes a collection of the gateway hold its data, in its order. */
async function reset(name) {
  const found = await expect(200, send(ours, { method: 'GET', path: `/${name}?_limit=500` }))
  if (isDeepStrictEqual(found, data[name])) {
    return
  }
  for (const { id } of found) {
    await expect(204, send(ours, { method: 'DELETE', path: `/${name}/${encodeURIComponent(id)}` }))
  }
  for (const item of data[name]) {
    await expect(
      201,
      send(ours, { method: 'POST', path: `/${name}`, headers: json, body: JSON.stringify(item) }),
    )
  }
}

const failures = []
let sent = 0
let same = 0

/** What two answers have that is not the same. Where one refuses, there is nothing else to compare. */
function differences(their, our) {
  if (their.status !== our.status) {
    return ['status']
  }
  if (our.status >= 400) {
    return isDeepStrictEqual(their.body, our.body) ? [] : ['error']
  }
  return ['type', 'body', 'total', 'link', 'location'].filter(
    (aspect) => !isDeepStrictEqual(their[aspect], our[aspect]),
  )
}

/** Counts what the list explains, and keeps what it does not. */
function judge(request, first, their, our) {
  sent++
  if (our.status >= 400 && our.body !== undefined && our.body.message !== our.body.detail) {
    failures.push(`${request.method} ${request.path}: an error is no problem: ${JSON.stringify(our)}`)
  }
  const found = differences(their, our)
  same += ['status', 'error', 'body'].some((aspect) => found.includes(aspect)) ? 0 : 1
  for (const aspect of found) {
    if (!explain({ request, first, aspect, their, our })) {
      failures.push(
        [
          `${request.method} ${request.path} ${request.body ?? ''}`,
          `  ${aspect} of json-server: ${JSON.stringify(their[aspect] ?? their.body)}`,
          `  ${aspect} of the gateway: ${JSON.stringify(our[aspect] ?? our.body)}`,
        ].join('\n'),
      )
    }
  }
}

for (const name of collections) {
  await reset(name)
}
for (const { requests, changes = [] } of [...lists, ...methods, ...writes, ...generated(300)]) {
  if (changes.length > 0) {
    await expect(204, send(theirs, { method: 'POST', path: '/__reset' }))
  }
  for (const request of requests) {
    judge(request, requests[0], await send(theirs, request), await send(ours, request))
  }
  if (changes.length > 0) {
    await expect(204, send(theirs, { method: 'POST', path: '/__reset' }))
    for (const name of changes) {
      await reset(name)
    }
  }
}
for (const name of collections) {
  const left = await expect(200, send(ours, { method: 'GET', path: `/${name}?_limit=500` }))
  if (!isDeepStrictEqual(left, data[name])) {
    failures.push(`a read changed ${name}`)
  }
}
agent.destroy()

for (const name of unused()) {
  failures.push(`chosen.mjs lists "${name}", which is not different any more`)
}
failures.forEach((failure) => console.error(`NEW ${failure}`))
console.log(
  `differential: ${sent} requests, ${same} with the same status and body, ${chosen.length} kinds of chosen differences, ` +
    `${failures.length} new ones`,
)
process.exit(failures.length === 0 && sent > 500 ? 0 : 1)
