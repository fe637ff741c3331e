// What the API answers, as the page reads it. For the checker only: the page loads nothing of this.
import type { Job as ClientJob, Notice as ClientNotice } from '@importonce/button/client'

export type { Page, Progress, Run, Status } from '@importonce/button/client'

/** Bytes that were sent ahead. */
export interface Source {
  sourceId: string
}

/** How a file is read, or is to be read; what is absent is not so in such a file, or is to be detected. */
export interface Format {
  type: string
  delimiter?: string
  encoding?: string
  sheet?: string
  compression?: string
  headerRow?: number
  /** False: no row has the names. */
  header?: boolean
  path?: string
}

/** Field to column, for one target; all else is there only if it was used before. */
export interface SuggestedMapping {
  target: string
  fields: Record<string, string>
  unmapped?: string
  onExisting?: string
  onBlank?: string
  undoable?: boolean
  values?: Record<string, Record<string, string>>
  numbers?: { decimal?: string }
  dates?: { order?: string; zone?: string }
}

export interface Mapping extends SuggestedMapping {
  orgId?: string
  format?: Partial<Format>
}

export interface Target {
  name: string
  /** Language to name. */
  label?: Record<string, string>
  fields: Field[]
  /** Whether other columns can be kept. */
  attributes: boolean
  undoable: boolean
}

/** Of targets that are a part of the service, only the first four are there. */
export interface Field {
  name: string
  type: string
  required: boolean
  maxLength: number
  label?: Record<string, string>
  description?: string
  example?: string
  rules?: Rules
}

/** What is absent is not limited. */
export interface Rules {
  pattern?: string
  min?: string
  max?: string
  scale?: number
  values?: string[]
  region?: string
}

/** The draft of a declaration. */
export interface Discovery {
  declaration: object
  keyCandidates: string[][]
  notes: string[]
}

/** An encoding that a file may be in, and how it would read. */
export interface Candidate {
  encoding: string
  sample: string
}

export interface Notice extends ClientNotice {
  candidates?: Candidate[]
}

/** What a look at a file answers. */
export interface Preview {
  format: Format
  columns: string[]
  sampleRows: string[][]
  /** Absent from an older instance. */
  sampleRowNumbers?: number[]
  suggestedMapping: SuggestedMapping
  /** Whether the suggested mapping was used before. Absent from an older instance. */
  remembered?: boolean
  suggestedMappings: SuggestedMapping[]
  notices: Notice[]
}

/** What it answers to a mapping: what an import would do. */
export interface Foreseen extends Preview {
  summary: {
    wouldInsert: number
    wouldUpdate: number
    unchanged: number
    wouldSkip: number
    overridden: number
    wouldReject: number
  }
  rejects: Reject[]
  /** Absent from an older instance, as the next. */
  changes?: Change[]
  overridden?: { row: number; by: number }[]
}

/** What would become of a row, whose key is by field; of each field the stored and the new value. */
export interface Change {
  row: number
  key: Record<string, string>
  outcome: string
  fields: Record<string, (string | null)[]>
}

export interface Reject {
  row: number
  reason: string
  /** Absent from an older instance, as the next. */
  code?: string
  /** What the reason names; of a reason about a cell, its column and the beginning of its value. */
  parameters?: Record<string, unknown>
}

/** In a job from before ImportOnce, all that is not known is null. */
export interface Job extends Omit<ClientJob, 'mapping' | 'notices' | 'error'> {
  sourceId: string | null
  mapping: Mapping | null
  notices: Notice[]
  error: { detail?: string } | null
  undo: Undo | null
}

export interface Undo {
  status: 'processing' | 'completed' | 'failed'
  percent: number
  undone: number
  keptCount: number
  kept: KeptRow[]
}

/** A row that was changed after its import, and is left as it is. */
export interface KeptRow {
  /** Of a contact. */
  email?: string
  /** Of a row of a declared target, by field. */
  key?: Record<string, string>
  reason: string
  fields: string[]
}

export interface Contact {
  email: string
  firstName: string | null
  lastName: string | null
  phone: string | null
  company: string | null
  attributes: Record<string, unknown>
}

/** An item of the send queue. */
export interface Message {
  id: string
  campaignId: string
  prospectId: string
  step: number
  channel: string
  body: string
  status: 'pending' | 'processing' | 'sent' | 'failed' | 'unknown'
  attempts: number
  error: string | null
  scheduledFor: string
  sentAt: string | null
}

export interface Check {
  name: string
  ok: boolean
  detail: string
}

/** How people sign in. */
export interface SignIn {
  required: boolean
  supabaseUrl: string | null
  supabaseAnonKey: string | null
}

/** One of several things that are wrong with a request. */
export interface Fault {
  pointer?: string
  field?: string
  detail: string
}
