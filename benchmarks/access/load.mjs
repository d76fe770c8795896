// Loads one server that asks nobody anything and one that asks everybody: for an API key or a token, their role,
// whether they own the item, and whether they ask too often. Usage: see ../README.md
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compare, print, ratio, start, stopAll, users } from '../load.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const work = join(root, 'benchmarks', 'target', 'access')
const gateway = process.env.BACKPLANE ?? join(root, 'gateway/server/target/backplane/bin/backplane')
const CALLER = 'loader'
const KEY = 'a key that is for this benchmark alone'
const LEAST = 0.85

mkdirSync(work, { recursive: true })

function items(count) {
  return users(count).map((user) => ({ ...user, owner: CALLER }))
}

function file(name, content) {
  writeFileSync(join(work, name), typeof content === 'string' ? content : JSON.stringify(content))
  return join(work, name)
}

function token() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = 'benchmark'
  file('jwks.json', { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] })
  const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid })}.${part({
    iss: 'https://issuer.example', aud: 'backplane', sub: CALLER, iat: now, exp: now + 86400, roles: ['user', 'reader'],
    email: 'loader@example.com', scope: 'openid profile',
  })}`
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
}

/** A script of wrk that sends headers, and a body where there is one. */
function script(name, headers, body) {
  const lines = Object.entries(headers).map(([header, value]) => `wrk.headers["${header}"] = "${value}"`)
  if (body) {
    lines.push('wrk.method = "POST"', 'wrk.headers["Content-Type"] = "application/json"', `wrk.body = [[${body}]]`)
  }
  return file(name, lines.join('\n') + '\n')
}

// the list has one page of items, as the memory service has no index by owner; what is created goes where it is not read
file('items.json', items(10000))
file('page.json', items(25))
const access = `
    access:
      roles: {user: [list, get, create, replace, update, delete], reader: [list, get]}
      owner: {field: owner}`
const resources = (its) => `
resources:
  items:
    service: memory
    settings: {items: items.json}${its}
  page:
    service: memory
    settings: {items: page.json}${its}
  created:
    service: memory
    settings: {max-items: 10000000}${its}
`
const off = file('off.yaml', 'cursor-secret: only for this benchmark' + resources(''))
const on = file('on.yaml', `cursor-secret: only for this benchmark
authentication:
  api-keys: keys.json
  jwt: [{issuer: "https://issuer.example", audience: [backplane], jwks: jwks.json}]
rate-limits:
  caller: 900000000 in 1h
  address: 900000000 in 1h
  roles: {partner: 900000000 in 1h}
` + resources(access))

const bearer = { Authorization: `Bearer ${token()}` }
const key = { 'X-API-Key': KEY }
file('keys.json', [{ name: CALLER, sha256: createHash('sha256').update(KEY).digest('hex'), roles: ['user', 'reader'] }])

try {
  const open = 'http://127.0.0.1:18111'
  const guarded = 'http://127.0.0.1:18112'
  await start('open', `${open}/api/ping`, gateway, 'serve', '--mapping', off, '--port', '18111', '--reload', 'off')
  await start('guarded', `${guarded}/api/ping`, gateway, 'serve', '--mapping', on, '--port', '18112', '--reload', 'off')
  const item = JSON.stringify({ ...items(1)[0], id: undefined, owner: undefined })
  let least = Infinity
  const only = process.argv.slice(2)
  for (const [title, path, body] of [
    ['get by id', '/api/items/u00042'], ['list of 25', '/api/page'], ['create', '/api/created', item],
  ].filter(([title]) => only.length === 0 || only.includes(title.split(' ')[0]))) {
    const results = compare({
      open: { url: open + path, script: script('open.lua', {}, body) },
      'API key': { url: guarded + path, script: script('key.lua', key, body) },
      token: { url: guarded + path, script: script('token.lua', bearer, body) },
    })
    print(title, results, ['open'])
    for (const name of ['API key', 'token']) {
      const rates = results[name].map((each, round) => each.rate / results.open[round].rate)
      console.log(`  ${name.padEnd(16)}round by round: ${rates.map((each) => each.toFixed(2)).join(' ')}`)
      least = Math.min(least, ratio(results, name, 'open', 'rate'))
    }
  }
  console.log(`\nleast ratio of requests a second: ${least.toFixed(2)} (aim ${LEAST})`)
} finally {
  await stopAll()
}
