// What react-admin asks of a data provider, asked of an unmodified one: every method, on every backend.
import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { backends, create, idKinds, isPlain, posts, reset, sorted, stored, unordered } from './posts.mjs'

/**
 * Drives a provider against the resources `PREFIX-BACKEND-IDS`.
 * encodesIds: whether it percent-encodes an id in a path; without, some ids cannot be reached.
 */
export function driveProvider(name, prefix, provider, { encodesIds }) {
  for (const backend of backends) {
    for (const idKind of idKinds) {
      describe(`${name}, ${backend}, ids are ${idKind}s`, () => {
        const resource = `${prefix}-${backend}-${idKind}`
        const all = posts(idKind)
        const reachable = encodesIds ? all : all.filter(isPlain)
        beforeEach(() => reset(resource, all))
        driveLists(provider, resource, all)
        driveRelations(provider, resource, all)
        driveItems(provider, resource, all, reachable)
        driveWrites(provider, resource, all, reachable)
        driveErrors(provider, resource, all)
      })
    }
  }
}

const byTitle = { field: 'title', order: 'ASC' }
const firstPage = { page: 1, perPage: 25 }

function driveLists(provider, resource, all) {
  const list = (params) =>
    provider.getList(resource, { pagination: firstPage, sort: byTitle, filter: {}, ...params })

  test('getList', async () => {
    assert.deepEqual(await list(), { data: sorted(all, 'title'), total: 12 })
  })

  test('getList with sort', async () => {
    for (const [field, order, expected] of [
      ['title', 'DESC', '-title'],
      ['views', 'ASC', 'views'],
      ['views', 'DESC', '-views'],
      ['author.city', 'ASC', 'author.city'],
      ['published', 'DESC', '-published'],
      ['id', 'ASC', 'id'],
      ['id', 'DESC', '-id'],
    ]) {
      assert.deepEqual(
        await list({ sort: { field, order } }),
        { data: sorted(all, expected), total: 12 },
        expected,
      )
    }
  })

  test('getList with page', async () => {
    const expected = sorted(all, '-views')
    for (let page = 1; page <= 4; page++) {
      assert.deepEqual(
        await list({ pagination: { page, perPage: 5 }, sort: { field: 'views', order: 'DESC' } }),
        { data: expected.slice((page - 1) * 5, page * 5), total: 12 },
        `page ${page}`,
      )
    }
  })

  test('getList with filter', async () => {
    for (const [filter, matches] of [
      [{ category: 'tech' }, (post) => post.category === 'tech'],
      [{ category: 'art & life' }, (post) => post.category === 'art & life'],
      [{ title: 'plus+space %20' }, (post) => post.title === 'plus+space %20'],
      [{ title: '漢字 and 😀' }, (post) => post.title === '漢字 and 😀'],
      [{ title: 'a=b&c=d' }, (post) => post.title === 'a=b&c=d'],
      [{ category: ['tech', 'news'] }, (post) => post.category !== 'art & life'],
      [{ views: 7 }, (post) => post.views === 7],
      [{ views: 7, category: 'tech' }, (post) => post.views === 7 && post.category === 'tech'],
      [{ published: true }, (post) => post.published],
      [{ published: false }, (post) => !post.published],
      [{ author: { city: 'Oslo' } }, (post) => post.author.city === 'Oslo'],
      [{ 'author.city': 'København' }, (post) => post.author.city === 'København'],
      [{ views_gte: 9, views_lte: 64 }, (post) => post.views >= 9 && post.views <= 64],
      [{ category_ne: 'news' }, (post) => post.category !== 'news'],
      [{ 'views:gt': 9 }, (post) => post.views > 9],
      [{ q: 'anna' }, (post) => /anna/i.test(post.title)],
      [{ q: 'KØBEN' }, (post) => post.author.city === 'København'],
      [{ q: 'nowhere to be found' }, () => false],
      [{ id: [all[0].id, all[9].id] }, (post) => [all[0].id, all[9].id].includes(post.id)],
    ]) {
      const expected = sorted(all.filter(matches), 'title')
      assert.deepEqual(
        await list({ filter }),
        { data: expected, total: expected.length },
        JSON.stringify(filter),
      )
    }
  })

  test('getList with sort, filter and page', async () => {
    assert.deepEqual(
      await list({
        filter: { published: true },
        sort: { field: 'views', order: 'DESC' },
        pagination: { page: 2, perPage: 4 },
      }),
      {
        data: sorted(
          all.filter((post) => post.published),
          '-views',
        ).slice(4),
        total: 6,
      },
    )
  })

  test('getManyReference', async () => {
    for (const owner of ['ann & co', 'bob/ü', 'c+d', 'nobody']) {
      const owned = all.filter((post) => post.owner === owner)
      assert.deepEqual(
        await provider.getManyReference(resource, {
          target: 'owner',
          id: owner,
          pagination: { page: 1, perPage: 4 },
          sort: { field: 'views', order: 'ASC' },
          filter: {},
        }),
        { data: sorted(owned, 'views').slice(0, 4), total: owned.length },
        owner,
      )
    }
    const expected = all.filter((post) => post.owner === 'ann & co' && post.category === 'news')
    assert.deepEqual(
      await provider.getManyReference(resource, {
        target: 'owner',
        id: 'ann & co',
        pagination: firstPage,
        sort: byTitle,
        filter: { category: 'news' },
      }),
      { data: sorted(expected, 'title'), total: expected.length },
    )
  })
}

/** What react-admin calls embedding: meta.embed names relations, to one item or to many. */
function driveRelations(provider, resource, all) {
  const children = (post) => all.filter((each) => each.parentId === post.id)
  const embedded = (post) => ({ ...post, children: unordered(post.children) })

  test('getOne with meta.embed', async () => {
    const { data } = await provider.getOne(resource, {
      id: all[2].id,
      meta: { embed: ['children', 'parent'] },
    })
    assert.deepEqual(embedded(data), { ...all[2], children: unordered(children(all[2])), parent: all[1] })
  })

  test('getList with meta.embed', async () => {
    const { data, total } = await provider.getList(resource, {
      pagination: { page: 1, perPage: 5 },
      sort: byTitle,
      filter: {},
      meta: { embed: ['children'] },
    })
    assert.equal(total, 12)
    assert.deepEqual(
      data.map(embedded),
      sorted(all, 'title')
        .slice(0, 5)
        .map((post) => ({ ...post, children: unordered(children(post)) })),
    )
  })

  test('getMany with meta.embed', async () => {
    const ids = [all[0].id, all[1].id]
    const { data } = await provider.getMany(resource, { ids, meta: { embed: ['parent'] } })
    assert.deepEqual(
      unordered(data),
      unordered([
        { ...all[0], parent: null },
        { ...all[1], parent: all[0] },
      ]),
    )
  })
}

function driveItems(provider, resource, all, reachable) {
  test('getOne', async () => {
    for (const post of reachable) {
      assert.deepEqual(await provider.getOne(resource, { id: post.id }), { data: post })
    }
  })

  test('getMany', async () => {
    const some = all.filter((_, index) => index !== 3)
    const { data } = await provider.getMany(resource, { ids: some.map((post) => post.id) })
    assert.deepEqual(unordered(data), unordered(some))
    const one = await provider.getMany(resource, { ids: [all[10].id] })
    assert.deepEqual(one, { data: [all[10]] })
    // a reference to an item that is gone
    const gone = await provider.getMany(resource, { ids: [all[1].id, 4711] })
    assert.deepEqual(gone, { data: [all[1]] })
  })

  test('getMany beyond a page', async () => {
    const more = Array.from({ length: 30 }, (_, index) => ({
      id: numbered(all, 1000 + index),
      title: `more ${index}`,
    }))
    for (const post of more) {
      await create(resource, post)
    }
    const { data } = await provider.getMany(resource, { ids: more.map((post) => post.id) })
    assert.deepEqual(unordered(data), unordered(more))
  })
}

/** An id of the kind that these posts have. */
const numbered = (all, number) => (typeof all[0].id === 'number' ? number : `n${number}`)

function driveWrites(provider, resource, all, reachable) {
  const [first, second, third] = reachable

  test('create', async () => {
    const post = {
      id: numbered(all, 77),
      title: 'new & shiny',
      author: { city: 'Rome' },
      tags: [],
      none: null,
    }
    assert.deepEqual(await provider.create(resource, { data: post }), { data: post })
    assert.deepEqual(await stored(resource, post.id), post)
  })

  test('update', async () => {
    const data = { ...second, title: 'changed: ✓', views: 8, author: { name: 'x', city: 'Rome' } }
    assert.deepEqual(await provider.update(resource, { id: second.id, data, previousData: second }), { data })
    assert.deepEqual(await stored(resource, second.id), data)
    assert.deepEqual(await stored(resource, first.id), first)
  })

  test('updateMany', async () => {
    const ids = [first.id, third.id]
    const { data } = await provider.updateMany(resource, { ids, data: { category: 'moved', views: 1 } })
    assert.deepEqual(data, ids)
    assert.deepEqual(await stored(resource, first.id), { ...first, category: 'moved', views: 1 })
    assert.deepEqual(await stored(resource, third.id), { ...third, category: 'moved', views: 1 })
    assert.deepEqual(await stored(resource, second.id), second)
  })

  test('delete', async () => {
    for (const post of [first, reachable.at(-1)]) {
      assert.deepEqual(await provider.delete(resource, { id: post.id, previousData: post }), { data: post })
      assert.equal(await stored(resource, post.id), undefined)
    }
    assert.equal(
      (await provider.getList(resource, { pagination: firstPage, sort: byTitle, filter: {} })).total,
      10,
    )
  })

  test('deleteMany', async () => {
    const ids = [first.id, third.id]
    assert.deepEqual(await provider.deleteMany(resource, { ids }), { data: ids })
    const { data } = await provider.getList(resource, { pagination: firstPage, sort: byTitle, filter: {} })
    assert.deepEqual(
      data,
      sorted(
        all.filter((post) => !ids.includes(post.id)),
        'title',
      ),
    )
  })
}

function driveErrors(provider, resource, all) {
  const message = 'There is no item with this id.'

  test('errors show the message of the gateway', async () => {
    const id = numbered(all, 404)
    await assert.rejects(provider.getOne(resource, { id }), { status: 404, message })
    await assert.rejects(provider.update(resource, { id, data: { title: 'x' } }), { status: 404, message })
    await assert.rejects(provider.delete(resource, { id }), { status: 404, message })
    await assert.rejects(provider.create(resource, { data: all[0] }), {
      status: 409,
      message: 'There is an item with this id already.',
    })
    await assert.rejects(
      provider.getList(resource, { pagination: { page: 1, perPage: 100000 }, sort: byTitle, filter: {} }),
      (error) => error.status === 400 && error.message === error.body.message && /500/.test(error.message),
    )
    await assert.rejects(provider.getOne('no-such-resource', { id }), {
      status: 404,
      message: 'There is no resource of this name.',
    })
  })
}
