// Loads the gateway, a bare Javalin route that returns the same bytes, and json-server, side by side in one
// run, and prints requests per second and latencies with their ratios. Usage: see ../README.md
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compare, print, start, stopAll, users } from '../load.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const work = join(root, 'benchmarks', 'target', 'http')
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java'
const ITEMS = 10000

mkdirSync(work, { recursive: true })

const items = users(ITEMS)
writeFileSync(join(work, 'items.json'), JSON.stringify(items))
writeFileSync(join(work, 'db.json'), JSON.stringify({ items }))

function mapping(name, resources) {
  const lines = ['cursor-secret: only for this benchmark', 'resources:']
  lines.push('  items: {service: memory, settings: {items: items.json}}')
  for (let n = 1; n < resources; n++) {
    lines.push(`  r${n}: memory`)
  }
  writeFileSync(join(work, name), lines.join('\n') + '\n')
  return join(work, name)
}

async function lastPage(base) {
  let path = '/api/items?_limit=25'
  for (;;) {
    // a connection from before the load may have been closed as idle
    const answer = await fetch(base + path).catch(() => fetch(base + path))
    await answer.arrayBuffer()
    const next = /<([^>]*)>; rel="next"/.exec(answer.headers.get('Link') ?? '')
    if (!next) {
      return base + path
    }
    path = next[1]
  }
}

try {
  const gateway = join(root, 'gateway/server/target/backplane/bin/backplane')
  const few = 'http://127.0.0.1:18101'
  const many = 'http://127.0.0.1:18102'
  const bare = 'http://127.0.0.1:18103'
  const jsonServer = 'http://127.0.0.1:18104'
  const flat = 'http://127.0.0.1:18105'
  await start('gateway', `${few}/api/ping`, gateway, 'serve', '--mapping', mapping('few.yaml', 10), '--port', '18101')
  await start('gateway', `${many}/api/ping`, gateway, 'serve', '--mapping', mapping('many.yaml', 5000), '--port', '18102')
  // with the plugin on the class path, next to the gateway, instead of in a directory and a class loader of its own
  await start(
    'gateway with a flat plugin', `${flat}/api/ping`, java, '-XX:+UseParallelGC', '-cp',
    join(dirname(gateway), '../lib/*') + ':' + join(dirname(gateway), '../plugins/memory/*'), 'dev.backplane.server.Main',
    'serve', '--mapping', join(work, 'few.yaml'), '--port', '18105')
  const get = '/api/items/u00042'
  const page = '/api/items?_limit=25'
  for (const [file, path] of [['item.bytes', get], ['page.bytes', page]]) {
    writeFileSync(join(work, file), Buffer.from(await (await fetch(few + path)).arrayBuffer()))
  }
  const libraries = join(root, 'benchmarks/target/classes') + ':' + join(root, 'benchmarks/target/lib/*')
  await start(
    'bare route', bare + page, java, '-XX:+UseParallelGC', '-cp', libraries, 'dev.backplane.benchmarks.BareServer',
    '18103', join(work, 'item.bytes'), join(work, 'page.bytes'))
  await start(
    'json-server', `${jsonServer}/items/u00042`, join(here, 'node_modules/.bin/json-server'),
    '--quiet', '--port', '18104', join(work, 'db.json'))

  print('get by id', compare({
    bare: bare + get, gateway: few + get, '5000 resources': many + get,
    'json-server': `${jsonServer}/items/u00042`,
  }), ['bare', 'json-server'])
  print('page of 25', compare({
    bare: bare + page, gateway: few + page, '5000 resources': many + page,
    'json-server': `${jsonServer}/items?_limit=25`,
  }), ['bare', 'json-server'])
  print('a plugin in isolation: get by id', compare({ flat: flat + get, isolated: few + get }), ['flat'])
  print('a plugin in isolation: page of 25', compare({ flat: flat + page, isolated: few + page }), ['flat'])
  print('pages by cursor', compare({
    first: few + page, last: await lastPage(few),
  }), ['first'])
} finally {
  await stopAll()
}
