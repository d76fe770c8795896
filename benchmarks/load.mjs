// Starts servers, loads them side by side with wrk, and compares them. For the benchmarks beside this file.
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const rounds = Number(process.env.ROUNDS ?? 5)
const seconds = Number(process.env.SECONDS ?? 4)
const connections = Number(process.env.CONNECTIONS ?? 16)
const started = new Map() // the process by the origin that it serves

/** Starts a server and waits until the URL is answered; tells after how many milliseconds that was. */
export async function start(name, url, command, ...args) {
  const begun = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (data) => (errors = (errors + data).slice(-4000)))
  started.set(new URL(url).origin, child)
  for (let i = 0; i < 3000; i++) {
    if (child.exitCode !== null) {
      throw new Error(`${name} ended: ${errors}`)
    }
    if (await fetch(url).then((answer) => answer.ok, () => false)) {
      return performance.now() - begun
    }
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new Error(`${name} does not answer: ${errors}`)
}

/** Ends all that was started, and waits for it. */
export async function stopAll() {
  await Promise.all([...started.values()].map((child) => {
    const ended = new Promise((done) => child.once('exit', done))
    return child.kill() ? ended : undefined
  }))
  started.clear()
}

/** The process that serves this URL. */
export function identifier(url) {
  return started.get(new URL(url).origin).pid
}

/** The memory that the server of this URL holds, in MiB: what is resident and its own. */
export function memory(url) {
  const status = readFileSync(`/proc/${identifier(url)}/status`, 'utf8')
  return Number(status.match(/RssAnon:\s+([0-9]+) kB/)[1]) / 1024
}

/** The processor time that the server of this URL has used so far, in microseconds. */
function processorTime(url) {
  // a start script that execs keeps its process id
  const stat = readFileSync(`/proc/${identifier(url)}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10000
}

/** Loads a URL; a target may be a URL, or { url, script } with one of wrk's scripts. */
function wrk(target, duration = seconds) {
  const { url, script } = target.url ? target : { url: target }
  const before = processorTime(url)
  const text = execFileSync(
    'wrk', ['-t1', `-c${connections}`, `-d${duration}s`, '--latency', ...(script ? ['-s', script] : []), url],
    { encoding: 'utf8' })
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

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Loads each in turn, round by round, so that all see the same machine. */
export function compare(targets) {
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
export function ratio(results, name, to, figure) {
  return median(results[name].map((each, round) => each[figure] / results[to][round][figure]))
}

export function print(title, results, against) {
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

/** Items to load servers with. */
export function users(count) {
  return Array.from({ length: count }, (_, n) => ({
    id: `u${String(n).padStart(5, '0')}`,
    name: `User ${n}`,
    email: `user${n}@example.com`,
    age: 18 + (n % 60),
    active: n % 3 === 0,
    address: { city: ['Oslo', 'Rome', 'Lima', 'Kyiv'][n % 4], zip: String(10000 + n) },
    tags: ['a', `t${n % 10}`],
  }))
}
