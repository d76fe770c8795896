// How the scenarios write a request.
export const json = { 'Content-Type': 'application/json' }

export const get = (path) => ({ method: 'GET', path })

/** Without a body. */
export const bare = (method, path, headers = {}) => ({ method, path, headers })

/** With a body: text as it is, everything else as JSON. */
export const send = (method, path, body, headers = json) => ({
  method,
  path,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
