// Holds docs/clients.md against what is tested: its snippets, and that the keys it asks for are needed.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { beforeEach, describe, test } from 'node:test'
import jsonServerProvider from 'ra-data-json-server'
import simpleRestProvider from 'ra-data-simple-rest'
import { api, posts, reset, stored } from './posts.mjs'

const here = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')
const docs = here('../../docs/clients.md')
const packages = JSON.parse(here('package.json')).dependencies

test('the snippets are what the tests run', () => {
  const blocks = [...docs.matchAll(/<!-- from (\S+) -->\n```\w+\n([^]*?)\n```/g)]
  assert.ok(blocks.length >= 6)
  for (const [, file, block] of blocks) {
    const source = here(`../../${file}`)
    // a snippet is about "posts", the tests have posts for each client and backend
    const lines = block
      .split('\n')
      .filter((line) => !/^( {2}\w+|resources):$/.test(line) && !/^ *service: /.test(line))
    assert.ok(source.includes(lines.join('\n')), `${file} has not:\n${lines.join('\n')}`)
  }
})

test('the versions are what the tests run', () => {
  for (const [name, version] of Object.entries(packages)) {
    assert.ok(docs.includes(`\`${name}\` ${version}`), `${name} ${version}`)
  }
})

describe('without the keys of the mapping', () => {
  const all = posts('number')
  beforeEach(() => reset('plain', all))

  test("updateMany of react-admin's providers loses what it does not send", async () => {
    for (const provider of [jsonServerProvider(api), simpleRestProvider(api)]) {
      await provider.updateMany('plain', { ids: [1], data: { views: 1 } })
      assert.deepEqual(await stored('plain', 1), { id: 1, views: 1 })
    }
  })

  test('delete and deleteMany of ra-data-simple-rest miss the deleted item', async () => {
    const provider = simpleRestProvider(api)
    assert.deepEqual(await provider.delete('plain', { id: 1 }), { data: undefined })
    await assert.rejects(provider.deleteMany('plain', { ids: [2] }), TypeError)
  })
})
