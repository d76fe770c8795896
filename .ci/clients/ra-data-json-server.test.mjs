import jsonServerProvider from 'ra-data-json-server'
import { driveProvider } from './react-admin.mjs'
import { api } from './posts.mjs'

const dataProvider = jsonServerProvider(api)

driveProvider('ra-data-json-server', 'admin', dataProvider, { encodesIds: false })
