// How the gateway answers otherwise than json-server 0.17.4 on purpose: one entry for each kind of difference, with the
// reason. What an entry expects of the gateway is in
//   lists     request → the ids of the items that are listed, in their order
//   statuses  request → the status
//   bodies    request → the body
//   explains  a function of a difference: the request, the aspect (status, error, type, body, total, link or location),
//             and both answers whole
// compare.mjs fails on a difference that nothing here expects, and on an entry or a line that is not different any more.
import { isDeepStrictEqual } from 'node:util'
import { data } from './data.mjs'

const isList = (answer) => answer.status === 200 && Array.isArray(answer.body)
const isPaged = (request) => /[?&]_(page|start|end|limit)=/.test(request.path)

/** The words of a link's query, with the size of a page said and in one order. */
function page(address) {
  const words = new URLSearchParams(address.split('?')[1])
  if (!words.has('_limit')) {
    words.set('_limit', '10')
  }
  words.sort()
  return words.toString()
}

const samePages = (their, our, relations) =>
  relations.every(
    (rel) =>
      their.link[rel] !== undefined &&
      our.link[rel] !== undefined &&
      page(their.link[rel]) === page(our.link[rel]),
  )

export const chosen = [
  // lists
  {
    name: 'every list says how long it is',
    reason: 'json-server says it only of pages and slices.',
    explains: ({ aspect, their, our, request }) =>
      aspect === 'total' &&
      their.total === undefined &&
      /^\d+$/.test(our.total) &&
      (request.method === 'HEAD' ||
        (isList(our) && (Number(our.total) === our.body.length || our.link.next !== undefined))),
  },
  {
    name: 'a list without pages is the first page',
    reason: 'An answer has a bounded size, whatever the backend holds; the mapping says which (page-size).',
    lists: { '/few': [201, 202, 203, 204, 205, 206, 207, 208, 209, 210] },
  },
  {
    name: "a page without a size has the resource's",
    reason: 'The size of a page is a property of the resource (page-size), not 10 everywhere.',
    lists: { '/posts?_page=1': data.posts.map((post) => post.id), '/posts?_page=2': [] },
  },
  {
    name: 'links say the size of the page, and lead not to the page itself',
    reason: 'A link stays right when page-size changes; the first page needs no link to itself.',
    explains: ({ aspect, their, our, request }) =>
      aspect === 'link' &&
      /[?&]_page=/.test(request.path) &&
      Object.keys(our.link).length > 0 &&
      samePages(their, our, Object.keys(our.link)) &&
      Object.keys(their.link).every((rel) => rel in our.link || page(their.link[rel]) === page(request.path)),
  },
  {
    name: 'a list on one page has no links',
    reason: 'json-server gives a page of the default size, so its list has more.',
    explains: ({ aspect, our, request }) =>
      aspect === 'link' && request.path === '/posts?_page=1' && Object.keys(our.link).length === 0,
  },
  {
    name: 'a page beyond the end leads back',
    reason: 'A client whose list has become shorter finds a page again.',
    explains: ({ aspect, their, our, request }) =>
      aspect === 'link' &&
      /[?&]_page=/.test(request.path) &&
      our.body.length === 0 &&
      (isDeepStrictEqual(their.link, {}) || request.path === '/posts?_page=2') &&
      our.link.next === undefined &&
      our.link.first !== undefined &&
      our.link.prev !== undefined,
  },
  {
    name: 'slices and cut lists have links',
    reason: 'Every list that goes on says where.',
    explains: ({ aspect, their, our, request }) =>
      aspect === 'link' &&
      isDeepStrictEqual(their.link, {}) &&
      !/[?&]_page=/.test(request.path) &&
      Object.keys(our.link).length > 0 &&
      (isPaged(request) || request.path === '/few'),
  },
  {
    name: 'a slice may have a start alone',
    reason: 'json-server ignores _start without _end or _limit, which is never what was meant.',
    lists: { '/few?_start=5': [206, 207, 208, 209, 210, 211, 212, 213, 214, 215] },
  },
  {
    name: 'pages and slices that are none are refused',
    reason: 'json-server answers some page or nothing; a client should learn that it asked for no page.',
    statuses: {
      'GET /few?_page=0&_limit=5': 400,
      'GET /few?_page=-1&_limit=5': 400,
      'GET /few?_page=abc&_limit=5': 400,
      'GET /few?_page=&_limit=5': 400,
      'GET /few?_page=1&_limit=0': 400,
      'GET /few?_page=1&_limit=abc': 400,
      'GET /few?_limit=0': 400,
      'GET /few?_limit=abc': 400,
      'GET /few?_limit=-1': 400,
      'GET /few?_start=10&_end=5': 400,
      'GET /few?_start=5&_end=5': 400,
      'GET /few?_end=0': 400,
      'GET /few?_start=-5&_end=10': 400,
      'GET /few?_start=abc&_end=5': 400,
      'GET /few?_start=0&_end=abc': 400,
    },
  },
  {
    name: 'one list has one way of paging',
    reason: 'json-server silently prefers one of them.',
    statuses: { 'GET /few?_start=2&_end=6&_limit=1': 400, 'GET /few?_page=2&_start=0&_end=3': 400 },
  },
  {
    name: 'pages have a maximal size',
    reason: 'An answer has a bounded size (max-page-size).',
    statuses: {
      'GET /few?_page=1&_limit=1000': 400,
      'GET /few?_limit=1000': 400,
      'GET /few?_start=0&_end=1000': 400,
    },
  },

  // filters
  {
    name: 'an array is equal to no text',
    reason: 'JavaScript makes the text "a,b" of an array; the gateway asks arrays with :contains.',
    lists: { '/sparse?list=only': [] },
  },
  {
    name: 'paths do not lead into arrays',
    reason: 'An element has no name that stays the same.',
    lists: { '/sparse?list.0=only': [] },
  },
  {
    name: 'numbers are equal as numbers',
    reason: 'json-server compares the digits: 10.0 is not 10 there.',
    lists: { '/posts?views=10.0': data.posts.filter((post) => post.views === 10).map((post) => post.id) },
  },
  {
    name: 'a word may be a field that no item has',
    reason:
      'json-server ignores it and answers everything; a mistyped filter should not look like a full answer.',
    lists: { '/posts?nosuch=1': [], '/posts?nosuch=1&category=news': [], '/posts?category[]=news': [] },
  },
  {
    name: 'there is no JSONP',
    reason:
      'It runs whatever a page of another origin says; CORS is how it is done today. "callback" is a field.',
    explains: ({ aspect, our, request }) =>
      request.path === '/posts?callback=run&id=101' &&
      ((aspect === 'type' && our.type === 'application/json') ||
        (aspect === 'body' && isDeepStrictEqual(our.body, []))),
  },
  {
    name: 'words of the gateway that mean nothing are refused',
    reason: 'json-server ignores them; Prefer: handling=lenient does so here.',
    statuses: {
      'GET /posts?_nosuch=1': 400,
      'GET /posts?_=1700000000000&category=news': 400,
      'GET /posts?_delay=1&id=101': 400,
      'GET /posts?_order=desc': 400,
      'GET /posts?_sort=views&_order=asc,desc': 400,
      'GET /posts?_sort=views&_order=sideways': 400,
    },
  },

  {
    name: 'a list of ids is in the order that was asked for',
    reason: 'They are read one by one where the backend can; a client that wants an order says so.',
    explains: ({ aspect, their, our, request }) => {
      const query = new URLSearchParams(request.path.split('?')[1])
      if (aspect !== 'body' || !isList(our) || query.has('_sort') || query.getAll('id').length < 2) {
        return false
      }
      const listed = our.body.map((item) => String(item.id))
      const asked = query.getAll('id').filter((id) => listed.includes(id))
      return (
        isDeepStrictEqual(listed, asked) &&
        isDeepStrictEqual(
          [...our.body].sort((a, b) => a.id - b.id),
          their.body,
        )
      )
    },
  },
  {
    name: 'a word that stands twice must hold twice',
    reason: 'json-server looks for the first text only.',
    lists: { '/posts?q=zebra&q=apple': [] },
  },
  {
    name: 'full text is text and numbers',
    reason: 'Nobody looks for true or false in a text, and finds half of all items with it.',
    lists: { '/posts?q=true': [] },
  },
  {
    name: '_ne finds items without the field',
    reason: 'What has no label is not labelled "five": f:ne is the opposite of f, as everywhere else.',
    lists: {
      '/sparse?value_ne=5': ['s02', 's03', 's04', 's05', 's06', 's07', 's08'],
      '/sparse?label_ne=five': ['s02', 's03', 's04', 's05', 's06', 's07', 's08'],
      '/posts?nosuch_ne=1': data.posts.map((post) => post.id),
    },
  },
  {
    name: '_like is text, no regular expression',
    reason: 'An expression from a client can keep a server busy for ever; a star stands for any text here.',
    lists: {
      '/posts?title_like=%5EZebra': [],
      '/posts?title_like=0%24': [],
      '/posts?title_like=Zebra.*4': [],
      '/posts?title_like=zebra%7Capple': [],
      '/posts?title_like=C%5C%2B%5C%2B': [],
    },
    statuses: { 'GET /posts?title_like=%5B': 200, 'GET /posts?title_like=C%2B%2B': 200 },
  },
  {
    name: '_like is for texts',
    reason: 'Only a text is like a text.',
    lists: { '/posts?views_like=1': [], '/sparse?value_like=t': ['s04'] },
  },
  {
    name: 'ranges that stand twice must both hold',
    reason: 'As ranges with two words do: views_gte=0&views_gte=100 is no "or".',
    lists: {
      '/posts?views_gte=0&views_gte=100': data.posts
        .filter((post) => post.views >= 100)
        .map((post) => post.id),
      '/posts?views_lte=0&views_lte=100': data.posts.filter((post) => post.views <= 0).map((post) => post.id),
    },
  },
  {
    name: 'ranges are for numbers and texts',
    reason: 'JavaScript makes a number of true.',
    lists: { '/sparse?value_lte=5': ['s01', 's06', 's07'] },
  },
  {
    name: 'texts are in the order of code points',
    reason: 'JavaScript compares halves of characters.',
    lists: { '/sparse?label_gte=%EF%BC%81': ['s04', 's05'] },
  },

  // sort
  {
    name: 'ties are in the order of their ids as text',
    reason:
      "Pages are stable only in an order that every backend can give; the order of creation is memory's alone.",
    lists: {
      '/countries?_sort=continent': [12, 3, 6, 9, 11, 2, 5, 8, 1, 10, 4, 7],
      '/countries?_sort=continent&_order=desc': [1, 10, 4, 7, 11, 2, 5, 8, 12, 3, 6, 9],
    },
  },
  {
    name: 'nothing is before everything, and each type is by itself',
    reason:
      'json-server puts null and missing values last and compares a text with a number as JavaScript does, which is no order.',
    lists: {
      '/sparse?_sort=value': ['s02', 's03', 's05', 's06', 's01', 's08', 's07', 's04'],
      '/sparse?_sort=value&_order=desc': ['s04', 's07', 's08', 's01', 's06', 's05', 's02', 's03'],
      '/sparse?_sort=label': ['s02', 's06', 's08', 's01', 's03', 's07', 's04', 's05'],
      '/sparse?_sort=list': ['s02', 's03', 's05', 's06', 's08', 's01', 's04', 's07'],
    },
  },
  {
    name: 'a minus is descending',
    reason: 'It is how most other APIs say it; json-server looks for a field "-views".',
    lists: {
      '/posts?_sort=-views': [...data.posts]
        .sort((a, b) => b.views - a.views || a.id - b.id)
        .map((post) => post.id),
    },
  },

  // items
  {
    name: 'an error says what is wrong',
    reason: 'Problem details (RFC 9457) in place of {} or a stack trace.',
    explains: ({ aspect, their, our }) =>
      aspect === 'error' &&
      our.type === 'application/problem+json' &&
      our.body.status === our.status &&
      (isDeepStrictEqual(their.body, {}) || typeof their.body === 'string'),
  },
  {
    name: 'words that mean nothing to an item are refused',
    reason: 'json-server ignores them.',
    statuses: { 'GET /posts/101?nosuch=1': 400, 'GET /posts/101?_sort=views': 400 },
  },
  {
    name: 'there are lists of items and nothing else',
    reason: 'The whole database, and resources that are one object, are for mocks.',
    statuses: { 'GET /db': 404, 'GET /profile': 404, 'PUT /profile {"name":"x"}': 404 },
  },
  {
    name: 'a method that a path has not is 405',
    reason: 'json-server answers 404, as if there were nothing.',
    statuses: {
      'DELETE /posts': 405,
      'PUT /posts {"title":"x"}': 405,
      'PATCH /posts {"title":"x"}': 405,
      'POST /posts/101 {"title":"x"}': 405,
      'TRACE /posts': 405,
    },
  },
  {
    name: 'OPTIONS of nothing is 404',
    reason: 'json-server takes every OPTIONS for a question of a browser.',
    statuses: { 'OPTIONS /nosuch': 404 },
  },

  // relations
  {
    name: 'a relation that is not in the mapping is refused',
    reason: 'json-server ignores it, or embeds an empty list of anything.',
    statuses: { 'GET /posts?_embed=nosuch&id=101': 400, 'GET /comments?_expand=nosuch&id=501': 400 },
  },
  {
    name: 'what is not there is null',
    reason: 'A client sees that the relation was followed and led nowhere.',
    bodies: { 'GET /comments/530?_expand=post': { ...data.comments[29], post: null } },
  },
  {
    name: 'the relations of an item that is not there are 404',
    reason: 'json-server answers an empty list.',
    statuses: { 'GET /posts/999/comments': 404 },
  },

  // writes
  {
    name: 'the store makes ids',
    reason: 'One more than the greatest id is known to one process alone.',
    explains: ({ aspect, their, our, request }) => {
      if (request.method !== 'POST' || /"id"/.test(request.body)) {
        return false
      }
      const { id, ...rest } = our.body
      return (
        /^[0-9a-f-]{36}$/.test(id) &&
        our.location === `/notes/${id}` &&
        (aspect === 'location' ||
          (aspect === 'body' && isDeepStrictEqual({ ...rest, id: their.body.id }, their.body)))
      )
    },
  },
  {
    name: 'an id is a text or a number',
    reason:
      'json-server makes one where the body has null, 0 or an empty text; a body with such an id is a mistake, but for 0.',
    statuses: {
      'POST /notes {"id":null,"text":"null id"}': 400,
      'POST /notes {"id":"","text":"empty id"}': 400,
      'POST /notes {"id":0,"text":"zero"} → GET /notes/0': 200,
    },
    bodies: { 'POST /notes {"id":0,"text":"zero"}': { id: 0, text: 'zero' } },
    explains: ({ aspect, our, request }) =>
      aspect === 'location' && /"id":0,/.test(request.body) && our.location === '/notes/0',
  },
  {
    name: 'Location leads to the item',
    reason: 'json-server adds the id to whatever the path was, as it is.',
    explains: ({ aspect, our, request }) =>
      aspect === 'location' &&
      ((request.path === '/notes/' && our.location === '/notes/8') ||
        (/a\/b c/.test(request.body) && our.location === '/notes/a%2Fb%20c')),
  },
  {
    name: 'an id that is taken is a conflict',
    reason: 'json-server fails with 500.',
    statuses: {
      'POST /notes {"id":1,"text":"again"}': 409,
      'POST /notes {"id":"1","text":"again as text"}': 409,
      'POST /notes {"id":30,"text":"twice","text2":"x"} → POST /notes {"id":30,"text":"twice"}': 409,
    },
  },
  {
    name: 'another id in the body is a mistake',
    reason: 'json-server ignores it, and the client believes that it moved the item.',
    statuses: { 'PUT /notes/1 {"id":2,"text":"another id"}': 400, 'PATCH /notes/1 {"id":2}': 400 },
    lists: { 'PUT /notes/1 {"id":2,"text":"another id"} → /notes': [1, 2, 3] },
  },
  {
    name: 'PATCH is a merge patch',
    reason: 'RFC 7396: objects are merged in depth, null removes. json-server replaces what is at the top.',
    bodies: {
      'PATCH /notes/1 {"meta":{"color":"blue"}}': { ...data.notes[0], meta: { pinned: true, color: 'blue' } },
      'PATCH /notes/1 {"meta":{"color":"blue"}} → GET /notes/1': {
        ...data.notes[0],
        meta: { pinned: true, color: 'blue' },
      },
      'PATCH /notes/1 {"text":null}': { id: 1, meta: data.notes[0].meta, tags: ['a'] },
      'PATCH /notes/1 {"text":null} → GET /notes/1': { id: 1, meta: data.notes[0].meta, tags: ['a'] },
      'PATCH /notes/1 {"text":"merged"}': { ...data.notes[0], text: 'merged' },
      'PATCH /notes/1 {"text":"merged"} → GET /notes/1': { ...data.notes[0], text: 'merged' },
    },
  },
  {
    name: 'DELETE answers nothing, or the item',
    reason: 'json-server answers {}, which tells nobody anything.',
    statuses: {
      'DELETE /notes/1': 204,
      'DELETE /owners/1': 204,
      'POST /notes {"id":5,"text":"x"} → DELETE /notes/5': 204,
    },
    bodies: { 'DELETE /notes/2': data.notes[1] },
  },
  {
    name: 'DELETE deletes one item',
    reason: 'json-server deletes whatever refers to it, and in all collections whatever refers to nothing.',
    lists: { 'DELETE /owners/1 → /pets': [1, 2] },
  },
  {
    name: 'nothing is created through a relation',
    reason: 'json-server does, with the id as a text.',
    statuses: { 'POST /owners/1/pets {"id":3,"name":"kit"}': 404 },
    lists: { 'POST /owners/1/pets {"id":3,"name":"kit"} → /pets': [1, 2] },
  },
  {
    name: 'a body is an object, and is said to be JSON',
    reason:
      'json-server takes an array or an empty body for an item, and stores an empty one where the type is not JSON.',
    statuses: {
      'POST /notes [{"id": 20}]': 400,
      'POST /notes ': 400,
      'PUT /notes/1 []': 400,
      'POST /notes {"id": 21, "text": "x"}': 415,
      'POST /notes {"id": 22, "text": "x"}': 415,
      'PUT /notes/1 {"text": "x"}': 415,
      'POST /notes id=form&text=x': 415,
    },
  },
  {
    name: 'a method cannot be overridden',
    reason: 'It would walk around what the mapping and API Gateway allow.',
    statuses: { 'POST /notes/3 ': 405, 'POST /notes/3  → GET /notes/3': 200 },
  },
]
