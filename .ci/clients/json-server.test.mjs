// The words of json-server 0.17.4's README, section by section, from a client that knows nothing but them.
import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { api, backends, posts as seed, reset, sorted, unordered } from './posts.mjs'

for (const backend of backends) {
  describe(`json-server's routes, ${backend}`, () => {
    const posts = seed('number')
    const comments = Array.from({ length: 14 }, (_, index) => ({
      id: `c${String(index).padStart(2, '0')}`,
      body: `some comment ${index}`,
      votes: (index * 5) % 7,
      postId: (index % 3) + 1,
    }))
    const url = (path) =>
      api + path.replace(/^\/(posts|comments)/, `/$1-${backend}`).replace(/\/(posts|comments)$/, '/$1')
    beforeEach(async () => {
      await reset(`posts-${backend}`, posts)
      await reset(`comments-${backend}`, comments)
    })

    async function send(method, path, body) {
      const options =
        body === undefined
          ? {}
          : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
      const response = await fetch(url(path), { method, ...options })
      const text = await response.text()
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? undefined : JSON.parse(text),
      }
    }

    /** A list that is as it should be, the order included. */
    async function lists(path, expected, total) {
      const { status, headers, body } = await send('GET', path)
      assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`)
      assert.deepEqual(body, expected, path)
      assert.equal(headers.get('X-Total-Count'), String(total ?? expected.length), path)
      return headers
    }

    /** A list whose order is the store's. */
    async function finds(path, matches, items = posts) {
      const { status, body } = await send('GET', path)
      assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`)
      const expected = items.filter(matches)
      assert.ok(expected.length > 0, `nothing is at ${path}`)
      assert.deepEqual(unordered(body), unordered(expected), path)
    }

    test('plural routes', async () => {
      assert.deepEqual((await send('GET', '/posts/1')).body, posts[0])
      const created = await send('POST', '/posts', { id: 50, title: 'json-server', author: 'typicode' })
      assert.equal(created.status, 201)
      assert.deepEqual(created.body, { id: 50, title: 'json-server', author: 'typicode' })
      assert.equal(new URL(created.headers.get('Location'), url('/posts')).href, url('/posts') + '/50')
      assert.deepEqual((await send('PUT', '/posts/50', { title: 'put' })).body, { id: 50, title: 'put' })
      assert.deepEqual((await send('PATCH', '/posts/50', { views: 1 })).body, {
        id: 50,
        title: 'put',
        views: 1,
      })
      assert.ok([200, 204].includes((await send('DELETE', '/posts/50')).status))
      assert.equal((await send('GET', '/posts/50')).status, 404)
      assert.equal((await send('GET', '/posts?_limit=20')).body.length, 12)
    })

    test('an id is made where a post has none', async () => {
      const { status, headers, body } = await send('POST', '/comments', { body: 'new', postId: 2 })
      assert.equal(status, 201)
      assert.ok(body.id)
      assert.equal(
        new URL(headers.get('Location'), url('/comments')).pathname.split('/').at(-1),
        encodeURIComponent(body.id),
      )
      assert.deepEqual((await send('GET', `/comments/${body.id}`)).body, {
        id: body.id,
        body: 'new',
        postId: 2,
      })
    })

    test('filter', async () => {
      await finds(
        '/posts?title=ann&category=news',
        (post) => post.title === 'ann' && post.category === 'news',
      )
      await finds('/posts?id=1&id=2', (post) => post.id <= 2)
      await finds('/posts?author.name=author%203', (post) => post.author.name === 'author 3')
      await finds(`/posts?title=${encodeURIComponent('漢字 and 😀')}`, (post) => post.title === '漢字 and 😀')
    })

    test('paginate', async () => {
      const byId = sorted(posts, 'id')
      const links = await lists('/posts?_sort=id&_page=1', byId.slice(0, 10), 12)
      assert.match(links.get('Link'), /rel="next".*rel="last"/)
      await lists('/posts?_sort=id&_page=2', byId.slice(10), 12)
      await lists('/posts?_sort=id&_page=2&_limit=5', byId.slice(5, 10), 12)
      const last = await lists('/posts?_sort=id&_page=3&_limit=5', byId.slice(10), 12)
      assert.match(last.get('Link'), /rel="prev"/)
      assert.doesNotMatch(last.get('Link'), /rel="next"/)
    })

    test('the links lead through the list', async () => {
      const found = []
      let next = url('/posts?_page=1&_limit=5&_sort=views&_order=desc')
      for (let page = 0; next !== undefined && page < 5; page++) {
        const response = await fetch(next)
        found.push(...(await response.json()))
        const link = /<([^>]*)>; rel="next"/.exec(response.headers.get('Link') ?? '')
        next = link === null ? undefined : new URL(link[1], next).href
      }
      assert.deepEqual(found, sorted(posts, '-views'))
    })

    test('sort', async () => {
      await lists('/posts?_sort=views&_order=asc&_limit=20', sorted(posts, 'views'))
      await lists(
        '/posts?_sort=category,views&_order=desc,asc&_limit=20',
        sorted(posts, '-category', 'views'),
      )
      const ofOne = comments.filter((comment) => comment.postId === 1)
      await lists('/posts/1/comments?_sort=votes&_order=asc', sorted(ofOne, 'votes'))
    })

    test('slice', async () => {
      const byId = sorted(posts, 'id')
      await lists('/posts?_sort=id&_start=2&_end=5', byId.slice(2, 5), 12)
      await lists('/posts?_sort=id&_start=10&_end=30', byId.slice(10), 12)
      await lists('/posts?_sort=id&_start=3&_limit=4', byId.slice(3, 7), 12)
      const ofOne = sorted(
        comments.filter((comment) => comment.postId === 1),
        'id',
      )
      await lists('/posts/1/comments?_sort=id&_start=1&_end=3', ofOne.slice(1, 3), ofOne.length)
      await lists('/posts/1/comments?_sort=id&_start=1&_limit=1', ofOne.slice(1, 2), ofOne.length)
    })

    test('operators', async () => {
      await finds('/posts?views_gte=9&views_lte=64', (post) => post.views >= 9 && post.views <= 64)
      await finds('/posts?id_ne=1&_limit=20', (post) => post.id !== 1)
      await finds('/posts?title_like=ann', (post) => /ann/i.test(post.title))
    })

    test('full-text search', async () => {
      await finds('/posts?q=anna', (post) => /anna/i.test(post.title))
      await finds('/posts?q=oslo', (post) => post.author.city === 'Oslo')
    })

    test('relationships', async () => {
      const of = (post) => comments.filter((comment) => comment.postId === post.id)
      const embedded = (await send('GET', '/posts?_embed=comments&_sort=id')).body
      assert.deepEqual(
        embedded.map((post) => ({ ...post, comments: unordered(post.comments) })),
        sorted(posts, 'id')
          .slice(0, 10)
          .map((post) => ({ ...post, comments: of(post) })),
      )
      const one = (await send('GET', '/posts/1?_embed=comments')).body
      assert.deepEqual({ ...one, comments: unordered(one.comments) }, { ...posts[0], comments: of(posts[0]) })
      assert.deepEqual(
        (await send('GET', '/comments?_expand=post&_sort=id&_limit=20')).body,
        comments.map((comment) => ({ ...comment, post: posts[comment.postId - 1] })),
      )
      assert.deepEqual((await send('GET', '/comments/c04?_expand=post')).body, {
        ...comments[4],
        post: posts[1],
      })
      await finds('/posts/1/comments', (comment) => comment.postId === 1, comments)
    })

    test('errors', async () => {
      for (const [method, path, status] of [
        ['GET', '/posts/404', 404],
        ['PUT', '/posts/404', 404],
        ['PATCH', '/posts/404', 404],
        ['DELETE', '/posts/404', 404],
        ['POST', '/posts', 409],
      ]) {
        const body = ['GET', 'DELETE'].includes(method)
          ? undefined
          : { ...(method === 'POST' ? { id: 1 } : {}), title: 'x' }
        const answer = await send(method, path, body)
        assert.equal(answer.status, status, `${method} ${path}`)
        assert.equal(answer.body.status, status)
        assert.equal(answer.body.message, answer.body.detail)
      }
    })
  })
}
