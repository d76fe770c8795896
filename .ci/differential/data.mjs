// What both servers hold. Ids of one length, so that the order of ids as numbers, as texts and of creation is one;
// "countries" and "sparse" are for what is chosen to be different.
const words = [
  'Zebra',
  'ångström',
  'apple',
  'Äpfel',
  '漢字',
  '😀 smile',
  'back\\slash',
  'a=b&c',
  'C++',
  'x,y',
  "it's",
  'ápple',
]
const count = (length, make) => Array.from({ length }, (_, index) => make(index))

export const data = {
  posts: count(40, (n) => ({
    id: 101 + n,
    title: `${words[n % words.length]} ${String((n * 17) % 40).padStart(2, '0')}`,
    views: [10, 5, 100, 10, 0, -3, 2.5, 1000000][n % 8] + (n > 30 ? n : 0),
    category: ['news', 'tech', 'News', 'art & life', ''][n % 5],
    published: n % 3 === 0,
    author: {
      name: ['ann', 'Bob', 'çelik'][n % 3],
      address: { city: ['Oslo', 'Rome'][n % 2], zip: 1000 + (n % 4) },
    },
    tags: ['x', `t${n % 4}`],
  })),
  comments: count(30, (n) => ({
    id: 501 + n,
    body: `comment ${n} ${words[(n * 5) % words.length]}`,
    votes: (n * 7) % 11,
    postId: n === 29 ? 999 : 101 + (n % 6),
    userId: ['ann', 'b c', 'ü/1'][n % 3],
  })),
  users: [
    { id: '100', name: 'ann', age: 100, email: 'x@example.com', active: false },
    { id: 'ann', name: 'Ann', age: 30, email: 'ann@example.com', active: true },
    { id: 'b c', name: 'Bob', age: 25, email: 'bob+x@example.com', active: false },
    { id: 'user-漢-😀', name: '漢', age: 9, email: '', active: true },
    { id: 'ü/1', name: 'Ümit', age: 30, email: 'ü@example.com', active: true },
  ],
  few: count(25, (n) => ({ id: 201 + n, name: `few ${String((n * 7) % 25).padStart(2, '0')}`, rank: n % 4 })),
  sparse: [
    { id: 's01', value: 5, label: 'five', list: ['only'] },
    { id: 's02', value: null, label: null },
    { id: 's03', label: 'no value' },
    { id: 's04', value: 'text', label: '！', list: ['a', 'b'] },
    { id: 's05', value: true, label: '😀' },
    { id: 's06', value: 3, label: '', extra: { deep: { deeper: 'x' } } },
    { id: 's07', value: '10', label: 'ten', list: [] },
    { id: 's08', value: 10, label: 'TEN' },
  ],
  countries: count(12, (n) => ({ id: n + 1, name: `c${n + 1}`, continent: ['EU', 'AS', 'AF'][n % 3] })),
  notes: [
    { id: 1, text: 'one', meta: { pinned: true, color: 'red' }, tags: ['a'] },
    { id: 2, text: 'two', meta: { pinned: false } },
    { id: 3, text: 'three' },
  ],
  owners: [
    { id: 1, name: 'ann' },
    { id: 2, name: 'bob' },
  ],
  pets: [
    { id: 1, name: 'rex', ownerId: 1 },
    { id: 2, name: 'tom', ownerId: 2 },
  ],
  profile: { name: 'typicode' },
}
