import jsonServerProvider from 'ra-data-json-server'
import { driveProvider } from './react-admin.mjs'
import { base } from './posts.mjs'

const dataProvider = jsonServerProvider(`${base}/api`)

driveProvider('ra-data-json-server', 'admin', dataProvider, { encodesIds: false })
