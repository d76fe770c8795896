// What Refine's hooks ask of a data provider. @refinedev/simple-rest leaves createMany, updateMany and deleteMany to
// the hooks, which then call create, update and deleteOne for each.
import simpleRest from '@refinedev/simple-rest'
import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { api, backends, idKinds, isPlain, posts, reset, sorted, stored, unordered } from './posts.mjs'

const dataProvider = simpleRest(api)

for (const backend of backends) {
  for (const idKind of idKinds) {
    describe(`@refinedev/simple-rest, ${backend}, ids are ${idKind}s`, () => {
      const resource = `refine-${backend}-${idKind}`
      const all = posts(idKind)
      const [first, second, third] = all
      const numbered = (number) => (idKind === 'number' ? number : `n${number}`)
      const byTitle = [{ field: 'title', order: 'asc' }]
      const list = (params) => dataProvider.getList({ resource, sorters: byTitle, ...params })
      beforeEach(() => reset(resource, all))

      test('getList', async () => {
        assert.deepEqual(await list({}), { data: sorted(all, 'title').slice(0, 10), total: 12 })
        assert.deepEqual(await list({ pagination: { mode: 'off' } }), {
          data: sorted(all, 'title'),
          total: 12,
        })
      })

      test('getList with pagination', async () => {
        for (let currentPage = 1; currentPage <= 4; currentPage++) {
          assert.deepEqual(
            (await list({ pagination: { currentPage, pageSize: 5 } })).data,
            sorted(all, 'title').slice((currentPage - 1) * 5, currentPage * 5),
            `page ${currentPage}`,
          )
        }
      })

      test('getList with sorters', async () => {
        for (const fields of [
          ['-title'],
          ['views'],
          ['-category', 'views'],
          ['author.city', '-views'],
          ['id'],
        ]) {
          const sorters = fields.map((field) => ({
            field: field.replace(/^-/, ''),
            order: field.startsWith('-') ? 'desc' : 'asc',
          }))
          const { data } = await list({ sorters, pagination: { pageSize: 25 } })
          assert.deepEqual(data, sorted(all, ...fields), fields.join())
        }
      })

      test('getList with filters', async () => {
        const filter = (field, operator, value) => ({ field, operator, value })
        for (const [filters, matches] of [
          [[filter('category', 'eq', 'art & life')], (post) => post.category === 'art & life'],
          [[filter('title', 'eq', 'plus+space %20')], (post) => post.title === 'plus+space %20'],
          [[filter('views', 'eq', 7)], (post) => post.views === 7],
          [[filter('published', 'eq', true)], (post) => post.published],
          [[filter('author.city', 'eq', 'København')], (post) => post.author.city === 'København'],
          [[filter('category', 'in', ['news', 'tech'])], (post) => post.category !== 'art & life'],
          [[filter('category', 'ne', 'news')], (post) => post.category !== 'news'],
          [[filter('views', 'ne', 7)], (post) => post.views !== 7],
          [[filter('views', 'gte', 12.5)], (post) => post.views >= 12.5],
          [[filter('views', 'lte', 9)], (post) => post.views <= 9],
          [
            [filter('views', 'gte', 7), filter('views', 'lte', 30)],
            (post) => post.views >= 7 && post.views <= 30,
          ],
          [[filter('title', 'contains', 'ann')], (post) => /ann/i.test(post.title)],
          [[filter('title', 'contains', 'ÅNGSTR')], (post) => /ångstr/i.test(post.title)],
          [[filter('title', 'contains', 'C++')], (post) => post.title.includes('C++')],
          [[filter('title', 'contains', '(parens) [x]')], (post) => post.title.includes('(parens) [x]')],
          [[filter('title', 'contains', '\\')], (post) => post.title.includes('\\')],
          [[filter('title', 'contains', '%')], (post) => post.title.includes('%')],
          [[filter('author.name', 'contains', 'Author 2')], (post) => post.author.name === 'author 2'],
          [[filter('q', 'eq', 'joanna')], (post) => post.title === 'joanna'],
          [
            [filter('category', 'eq', 'tech'), filter('views', 'gte', 0), filter('q', 'contains', 'oslo')],
            (post) => post.category === 'tech' && post.views >= 0 && post.author.city === 'Oslo',
          ],
        ]) {
          const expected = sorted(all.filter(matches), 'title')
          assert.ok(expected.length > 0, `nothing is like ${JSON.stringify(filters)}`)
          assert.deepEqual(
            await list({ filters, pagination: { pageSize: 25 } }),
            { data: expected, total: expected.length },
            JSON.stringify(filters),
          )
        }
        assert.deepEqual(await list({ filters: [filter('category', 'eq', 'none')] }), { data: [], total: 0 })
      })

      test('getOne', async () => {
        for (const post of all.filter(isPlain)) {
          assert.deepEqual(await dataProvider.getOne({ resource, id: post.id }), { data: post })
        }
      })

      test('getMany', async () => {
        const ids = all.map((post) => post.id)
        const { data } = await dataProvider.getMany({ resource, ids })
        assert.deepEqual(unordered(data), unordered(all))
      })

      test('create and createMany', async () => {
        assert.equal(dataProvider.createMany, undefined)
        const fresh = [1001, 1002].map((number) => ({ id: numbered(number), title: `ü ${number}`, tags: [] }))
        const created = await Promise.all(
          fresh.map((variables) => dataProvider.create({ resource, variables })),
        )
        assert.deepEqual(
          created,
          fresh.map((data) => ({ data })),
        )
        assert.deepEqual(await stored(resource, numbered(1002)), fresh[1])
      })

      test('update and updateMany', async () => {
        assert.equal(dataProvider.updateMany, undefined)
        const variables = { category: 'moved', views: 1 }
        for (const post of [first, third]) {
          const data = { ...post, ...variables }
          assert.deepEqual(await dataProvider.update({ resource, id: post.id, variables }), { data })
          assert.deepEqual(await stored(resource, post.id), data)
        }
        assert.deepEqual(await stored(resource, second.id), second)
      })

      test('update with PUT', async () => {
        const variables = { id: second.id, title: 'whole' }
        assert.deepEqual(
          await dataProvider.update({ resource, id: second.id, variables, meta: { method: 'put' } }),
          { data: variables },
        )
      })

      test('deleteOne and deleteMany', async () => {
        assert.equal(dataProvider.deleteMany, undefined)
        for (const post of [second, third]) {
          assert.deepEqual(await dataProvider.deleteOne({ resource, id: post.id }), { data: post })
        }
        assert.deepEqual(await list({ pagination: { pageSize: 25 } }), {
          data: sorted(
            all.filter((post) => post !== second && post !== third),
            'title',
          ),
          total: 10,
        })
      })

      test('custom', async () => {
        const url = `${dataProvider.getApiUrl()}/${resource}`
        assert.deepEqual(
          await dataProvider.custom({
            url,
            method: 'get',
            sorters: [{ field: 'views', order: 'desc' }],
            filters: [{ field: 'category', operator: 'eq', value: 'tech' }],
            query: { _limit: 2 },
          }),
          {
            data: sorted(
              all.filter((post) => post.category === 'tech'),
              '-views',
            ).slice(0, 2),
          },
        )
        const payload = { id: numbered(5), title: 'custom' }
        assert.deepEqual(
          await dataProvider.custom({ url: `${url}/${first.id}`, method: 'patch', payload: { views: 2 } }),
          {
            data: { ...first, views: 2 },
          },
        )
        assert.deepEqual(await dataProvider.custom({ url: `${url}/${second.id}`, method: 'delete' }), {
          data: second,
        })
        await dataProvider.custom({ url: `${url}/${numbered(5)}`, method: 'delete' }).catch(() => {})
        assert.deepEqual(await dataProvider.custom({ url, method: 'post', payload }), { data: payload })
        const replaced = { id: payload.id, title: 'replaced' }
        assert.deepEqual(
          await dataProvider.custom({ url: `${url}/${payload.id}`, method: 'put', payload: replaced }),
          { data: replaced },
        )
      })

      test('errors show the message of the gateway', async () => {
        const missing = { statusCode: 404, message: 'There is no item with this id.' }
        const id = numbered(404)
        await assert.rejects(dataProvider.getOne({ resource, id }), missing)
        await assert.rejects(dataProvider.update({ resource, id, variables: { title: 'x' } }), missing)
        await assert.rejects(dataProvider.deleteOne({ resource, id }), missing)
        await assert.rejects(dataProvider.create({ resource, variables: first }), {
          statusCode: 409,
          message: 'There is an item with this id already.',
        })
        await assert.rejects(
          list({ pagination: { pageSize: 100000 } }),
          (error) => error.statusCode === 400 && /500/.test(error.message),
        )
      })
    })
  }
}
