// Opens /docs in a real browser that reaches nothing but this machine, and tries operations out there.
// Usage: node browser.mjs BASE_URL RESOURCE SCREENSHOT
import { createServer, request as send } from 'node:http'
import { chromium } from 'playwright-core'

const [base, resource, screenshot] = process.argv.slice(2)
const origin = new URL(base).origin
const problems = []

function check(name, ok, detail = '') {
  if (!ok) {
    problems.push(`${name} ${detail}`)
  }
}

// Stands for the stage of an API: everything is below /prod.
const stage = createServer((request, response) => {
  const path = request.url.startsWith('/prod/') ? request.url.slice('/prod'.length) : '/nothing'
  const options = { method: request.method, headers: request.headers }
  const passed = send(`${origin}${path}`, options, (answer) => {
    response.writeHead(answer.statusCode, answer.headers)
    answer.pipe(response)
  })
  request.pipe(passed)
})
await new Promise((resolve) => stage.listen(0, '127.0.0.1', resolve))
const staged = `http://127.0.0.1:${stage.address().port}`

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // no name leads anywhere, and no address but this machine's
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
})

async function open(url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } })
  page.setDefaultTimeout(30_000)
  page.on('console', (message) => {
    check('console', !['error', 'warning'].includes(message.type()), message.text())
  })
  page.on('pageerror', (error) => check('script', false, error.message))
  page.on('request', (request) => {
    const to = new URL(request.url())
    const here = to.protocol === 'data:' || to.protocol === 'blob:' || [origin, staged].includes(to.origin)
    check('a request left the machine:', here, request.url())
  })
  page.on('requestfailed', (request) => check('failed:', false, request.url()))
  await page.goto(url)
  await page.locator('.opblock').first().waitFor()
  return page
}

async function tryOut(page, method, path) {
  const operation = page.locator(`.opblock-${method}`).filter({
    has: page.locator(`[data-path="${path}"]`),
  })
  await operation.locator('.opblock-summary-control').click()
  await operation.locator('.try-out__btn').click()
  await operation.locator('button.execute').click()
  const answer = operation.locator('.live-responses-table tbody .response-col_status').first()
  await answer.waitFor()
  return { status: (await answer.innerText()).slice(0, 3), operation }
}

try {
  const document = await (await fetch(`${base}/openapi.json`)).json()
  const methods = ['get', 'put', 'post', 'patch', 'delete']
  const count = Object.values(document.paths)
    .flatMap((path) => Object.keys(path))
    .filter((key) => methods.includes(key)).length

  const page = await open(`${base}/docs`)
  check('operations', (await page.locator('.opblock').count()) === count, `are not ${count}`)
  check('title', (await page.locator('.info .title').innerText()).includes(document.info.title))

  const created = await tryOut(page, 'post', `/api/${resource}`)
  check('POST', created.status === '201', `answered ${created.status}`)
  const item = await created.operation.locator('.live-responses-table .highlight-code').first().innerText()
  check('POST', item.includes('"id"'), `shows ${item}`)
  const listed = await tryOut(page, 'get', `/api/${resource}`)
  check('GET', listed.status === '200', `answered ${listed.status}`)
  const list = await listed.operation.locator('.live-responses-table .highlight-code').first().innerText()
  check('GET', list.includes('"id"'), `does not show what POST created, but ${list}`)
  await listed.operation.scrollIntoViewIfNeeded()
  await page.screenshot({ path: screenshot })

  for (const url of [`${base}/docs/`, `${staged}/prod/docs`, `${staged}/prod/docs/`]) {
    const other = await open(url)
    check(url, (await other.locator('.opblock').count()) === count, `does not show ${count} operations`)
  }
} finally {
  await browser.close()
  stage.close()
  stage.closeAllConnections()
}
problems.forEach((problem) => console.error(`FAILED ${problem}`))
console.log(problems.length === 0 ? 'docs: the page works in Chromium, offline' : `docs: ${problems.length} failed`)
process.exit(problems.length === 0 ? 0 : 1)
