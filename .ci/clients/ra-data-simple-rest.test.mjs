import simpleRestProvider from 'ra-data-simple-rest'
import { driveProvider } from './react-admin.mjs'
import { base } from './posts.mjs'

const dataProvider = simpleRestProvider(`${base}/api`)

driveProvider('ra-data-simple-rest', 'simple', dataProvider, { encodesIds: true })
