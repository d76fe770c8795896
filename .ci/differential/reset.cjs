// A middleware for json-server: POST /__reset puts its data back, between two scenarios.
const { readFileSync } = require('node:fs')

module.exports = (request, response, next) => {
  if (request.method !== 'POST' || request.path !== '/__reset') {
    next()
    return
  }
  request.app.db.setState(JSON.parse(readFileSync(process.env.ORIGINAL_DB, 'utf8')))
  response.status(204).end()
}
