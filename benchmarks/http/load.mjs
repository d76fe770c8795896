// Loads the gateway, a bare Javalin route that returns the same bytes, and json-server, side by side in one
// run, and prints requests per second and latencies with their ratios. Usage: see ../README.md
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const work = join(root, 'benchmarks', 'target', 'http')
const rounds = Number(process.env.ROUNDS ?? 5)
const seconds = Number(process.env.SECONDS ?? 4)
const connections = Number(process.env.CONNECTIONS ?? 16)
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java'
const ITEMS = 10000
const started = new Map() // the process by the origin that it serves

mkdirSync(work, { recursive: true })

const items = Array.from({ length: ITEMS }, (_, n) => ({
  id: `u${String(n).padStart(5, '0')}`,
  name: `User ${n}`,
  email: `user${n}@example.com`,
  age: 18 + (n % 60),
  active: n % 3 === 0,
  address: { city: ['Oslo', 'Rome', 'Lima', 'Kyiv'][n % 4], zip: String(10000 + n) },
  tags: ['a', `t${n % 10}`],
}))
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

async function start(name, url, command, ...args) {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (data) => (errors = (errors + data).slice(-4000)))
  started.set(new URL(url).origin, child)
  for (let i = 0; i < 600; i++) {
    if (child.exitCode !== null) {
      throw new Error(`${name} ended: ${errors}`)
    }
    if (await fetch(url).then((answer) => answer.ok, () => false)) {
      return
    }
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`${name} does not answer: ${errors}`)
}

/** The processor time that the server of this URL has used so far, in microseconds. */
function processorTime(url) {
  // a start script that execs keeps its process id
  const stat = readFileSync(`/proc/${started.get(new URL(url).origin).pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10000
}

function wrk(url, duration = seconds) {
  const before = processorTime(url)
  const text = execFileSync(
    'wrk', ['-t1', `-c${connections}`, `-d${duration}s`, '--latency', url], { encoding: 'utf8' })
  if (/Non-2xx|Socket errors/.test(text)) {
    throw new Error(`${url}: ${text}`)
  }
  const unit = { us: 0.001, ms: 1, s: 1000 }
  const time = (percent) => {
    const [, number, name] = text.match(new RegExp(`${percent}%\\s+([0-9.]+)(us|ms|s)`))
    return Number(number) * unit[name]
  }
  const requests = Number(text.match(/([0-9]+) requests in/)[1])
  return {
    rate: Number(text.match(/Requests\/sec:\s+([0-9.]+)/)[1]),
    p50: time(50),
    p99: time(99),
    cpu: (processorTime(url) - before) / requests,
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Loads each in turn, round by round, so that all see the same machine. */
function compare(targets) {
  const results = Object.fromEntries(Object.keys(targets).map((name) => [name, []]))
  Object.values(targets).forEach((url) => wrk(url, seconds * 2))
  for (let round = 0; round < rounds; round++) {
    for (const [name, url] of Object.entries(targets)) {
      results[name].push(wrk(url))
    }
  }
  return results
}

/** The median over the rounds of the ratio within one round. */
function ratio(results, name, to, figure) {
  return median(results[name].map((each, round) => each[figure] / results[to][round][figure]))
}

function print(title, results, against) {
  console.log(`\n${title}`)
  for (const [name, each] of Object.entries(results)) {
    const cell = (figure, digits) => median(each.map((one) => one[figure])).toFixed(digits).padStart(9)
    const ratios = against
      .filter((other) => other !== name)
      .map((other) =>
        `  ${ratio(results, name, other, 'rate').toFixed(2)} x rate and ` +
        `${ratio(results, name, other, 'p99').toFixed(2)} x p99 and ` +
        `${ratio(results, name, other, 'cpu').toFixed(2)} x processor time of ${other}`)
    console.log(
      `  ${name.padEnd(16)}${cell('rate', 0)}/s  p50 ${cell('p50', 3)} ms  p99 ${cell('p99', 3)} ms  processor ${cell('cpu', 0)} us${ratios.join(';')}`)
  }
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
  await start('gateway', `${few}/api/ping`, gateway, 'serve', '--mapping', mapping('few.yaml', 10), '--port', '18101')
  await start('gateway', `${many}/api/ping`, gateway, 'serve', '--mapping', mapping('many.yaml', 5000), '--port', '18102')
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
  print('pages by cursor', compare({
    first: few + page, last: await lastPage(few),
  }), ['first'])
} finally {
  for (const child of started.values()) {
    child.kill()
  }
}
