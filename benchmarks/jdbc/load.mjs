// Loads the gateway with the jdbc plugin and Spring Data REST, side by side over one database, and prints start
// times, requests per second, latencies and memory with their ratios. Usage: see ../README.md
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compare, median, memory, print, start, stopAll } from '../load.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')
const work = join(root, 'benchmarks', 'target', 'jdbc')
const database = process.env.URL
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java'
const starts = Number(process.env.STARTS ?? 5)
const gateway = 'http://127.0.0.1:18501'
const spring = 'http://127.0.0.1:18502'

mkdirSync(work, { recursive: true })
writeFileSync(join(work, 'mapping.yaml'), `cursor-secret: only for this benchmark
resources:
  products:
    service: jdbc
    settings: {url: "${database}", user: bench, max-connections: 10}
`)
writeFileSync(join(work, 'create.lua'), `
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"name": "Another", "category": "new", "price": 12.5, "stock": 1}'
`)

const startGateway = () => start(
  'gateway', `${gateway}/api/products/42`, join(root, 'gateway/server/target/backplane/bin/backplane'),
  'serve', '--mapping', join(work, 'mapping.yaml'), '--port', '18501')

const startSpring = () => start(
  'spring', `${spring}/products/42`, java, '-jar', join(here, 'spring/target/spring-data-rest.jar'),
  '--server.port=18502', `--spring.datasource.url=${database}`, '--spring.datasource.username=bench',
  '--spring.jpa.open-in-view=false', '--logging.level.root=warn')

try {
  const times = { gateway: [], spring: [] }
  for (let round = 0; round < starts; round++) {
    times.gateway.push(await startGateway())
    await stopAll()
    times.spring.push(await startSpring())
    await stopAll()
  }
  console.log('\nstart to the first answer from the database')
  console.log(`  gateway ${median(times.gateway).toFixed(0)} ms  spring ${median(times.spring).toFixed(0)} ms  ` +
    `${median(times.gateway.map((time, round) => time / times.spring[round])).toFixed(2)} x`)

  await startGateway()
  await startSpring()
  const script = join(work, 'create.lua')
  print('get by id', compare({ spring: `${spring}/products/42`, gateway: `${gateway}/api/products/42` }), ['spring'])
  print('list of 25 with filter and sort', compare({
    spring: `${spring}/products/search/findByCategory?category=category-7&sort=price&size=25`,
    gateway: `${gateway}/api/products?category=category-7&_sort=price&_limit=25`,
  }), ['spring'])
  print('create', compare({
    spring: { url: `${spring}/products`, script },
    gateway: { url: `${gateway}/api/products`, script },
  }), ['spring'])
  console.log('\nmemory of its own after that load')
  console.log(`  gateway ${memory(gateway).toFixed(0)} MiB  spring ${memory(spring).toFixed(0)} MiB  ` +
    `${(memory(gateway) / memory(spring)).toFixed(2)} x`)
} finally {
  await stopAll()
}
