// What the description of the API says and what the client to copy believes are the same. Compiled in target/npm, never run.

import type * as client from '../../supabase-compat/client/importonce'
import type { components, operations } from './openapi'

type Schemas = components['schemas']
type Form = operations['runImport']['requestBody']

export const run = (answer: Schemas['Run']): client.Run => answer
export const job = (answer: Omit<Schemas['Job'], 'mapping'>): Omit<client.Job, 'mapping'> => answer
export const progress = (answer: Schemas['Progress']): client.Progress => answer
export const notice = (answer: Schemas['Notice']): client.Notice => answer
export const cursor = (answer: Schemas['JobPage']): client.Page<unknown> => answer
export const problem = (answer: Schemas['Problem']): client.Problem => answer
export const status = (asked: client.Status): Schemas['JobStatus'] => asked
export const mapping = (asked: client.Mapping): Schemas['Mapping'] => asked
export const storage = (mapping: client.Mapping): Schemas['ImportRequest'] => ({
  storage: { bucket: 'files', path: 'contacts.csv' },
  mapping,
})
export const form = (body: Form): string => body.content['multipart/form-data'].mapping
