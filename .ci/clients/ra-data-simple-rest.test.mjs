import simpleRestProvider from 'ra-data-simple-rest'
import { driveProvider } from './react-admin.mjs'
import { api } from './posts.mjs'

const dataProvider = simpleRestProvider(api)

driveProvider('ra-data-simple-rest', 'simple', dataProvider, { encodesIds: true })
