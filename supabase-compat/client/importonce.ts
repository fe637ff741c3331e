// A typed client of ImportOnce. Copy this file; it needs only fetch.

/** Which column goes into which field, and how. */
export interface Mapping {
  target: 'contacts'
  /** Contact field to column header; email is required. */
  fields: { email: string; firstName?: string; lastName?: string; phone?: string; company?: string }
  unmapped?: 'ignore' | 'attributes'
  onExisting?: 'update' | 'fill' | 'skip'
  onBlank?: 'keep' | 'clear'
  /** Whether the import can be undone for 30 days. */
  undoable?: boolean
  /** By field, replacements for texts of cells; an empty replacement means blank. */
  values?: Record<string, Record<string, string>>
  /** The sign before the decimals: what 1,234 means. */
  numbers?: { decimal?: '.' | ',' }
  /** How dates such as 03/04/2030 are read, and the zone of times without an offset. */
  dates?: { order?: 'dmy' | 'mdy' | 'ymd'; zone?: string }
  /** Another organisation of the user. */
  orgId?: string
  format?: {
    type?: 'csv' | 'tsv' | 'xlsx' | 'json' | 'ndjson'
    /** One character, as escape is. */
    delimiter?: string
    escape?: string
    encoding?: string
    sheet?: string
    /** The number of the header row, from 1 on. */
    headerRow?: number
    /** False: there is no header row; the columns are `Column 1`, `Column 2`, … */
    header?: boolean
  }
}

export type Status = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled'

/**
 * The answer to a request to import. `created: false`: this import was running already, and jobId is the id of the running
 * job.
 */
export interface Run {
  jobId: string
  status: Status
  created: boolean
  message: string
  baseIdempotencyKey: string
  idempotencyKey: string
}

export interface Progress {
  phase: 'reading' | 'merging' | 'done'
  totalRows: number
  readRows: number
  processedRows: number
  inserted: number
  updated: number
  unchanged: number
  skipped: number
  overridden: number
  rejected: number
  /** 0 to 100. */
  percent: number
}

/** Facts about how a file was read that its owner may not expect. */
export interface Notice {
  /** In kebab case; never changes. */
  code: string
  column: string | null
  count: number | null
  /** In the language that was asked for. */
  detail: string
  /** What the detail names. */
  parameters?: Record<string, unknown>
}

export interface Job {
  jobId: string
  status: Status
  target: string
  /** Null in a job that is older than ImportOnce, like all unknown values. */
  orgId: string | null
  /** The user who started the job. */
  userId: string
  fileName: string | null
  fileBytes: number | null
  fileSha256: string | null
  mapping: Mapping | null
  baseIdempotencyKey: string | null
  idempotencyKey: string | null
  duplicateRequests: number
  retryOf: string | null
  progress: Progress
  notices: Notice[]
  error: unknown
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
}

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

/** An error answer (RFC 9457). */
export interface Problem {
  /** `urn:importonce:problem:…`; never changes. */
  type: string
  title: string
  status: number
  /** What to do, in the language that was asked for. */
  detail: string
  /** What the detail says; never changes. */
  code?: string
  /** What the detail names. */
  parameters?: Record<string, unknown>
  errors?: { pointer?: string; field?: string; detail: string; code?: string; parameters?: Record<string, unknown> }[]
}

export class ImportProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail)
    this.name = 'ImportProblem'
  }
}

/** A file to import: its bytes, or its place in a store. */
export type FileToImport = Blob | { sourceId: string } | { storage: { bucket: string; path: string } }

export interface Options {
  /** The address of ImportOnce, or of your route that forwards to it: `''` for the page's own origin. */
  url: string
  /** Returns the user's current token: `async () => (await supabase.auth.getSession()).data.session?.access_token`. */
  token?: () => Promise<string | null | undefined>
  fetch?: typeof fetch
}

export class ImportOnce {
  constructor(private readonly options: Options) {}

  /**
   * Imports a file. Call it as often as you like: while this user's import of this file with this mapping runs, every call is
   * answered with that one job.
   */
  async run(file: FileToImport, mapping: Mapping, idempotencyKey?: string): Promise<Run> {
    const headers: Record<string, string> = idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {}
    if (file instanceof Blob) {
      const form = new FormData()
      form.append('mapping', JSON.stringify(mapping))
      form.append('file', file, file instanceof File ? file.name : 'file')
      return this.json<Run>('POST', '/run', form, headers)
    }
    headers['Content-Type'] = 'application/json'
    return this.json<Run>('POST', '/run', JSON.stringify({ ...file, mapping }), headers)
  }

  job(jobId: string): Promise<Job> {
    return this.json<Job>('GET', `/${jobId}`)
  }

  /** The user's own, newest first. */
  jobs(query: { status?: Status; limit?: number; cursor?: string } = {}): Promise<Page<Job>> {
    const set = Object.entries(query).filter(([, value]) => value !== undefined)
    return this.json<Page<Job>>('GET', `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)]))}`)
  }

  /** Stops the job: work that is not applied yet never will be. Fails with a problem (409) when the job has ended. */
  cancel(jobId: string): Promise<Job> {
    return this.json<Job>('POST', `/${jobId}/cancel`)
  }

  /** Imports the file of a failed or cancelled job again, as a new job. */
  retry(jobId: string): Promise<Run> {
    return this.json<Run>('POST', `/${jobId}/retry`)
  }

  /** The rows that were not imported, as CSV to correct and import again. */
  async rejects(jobId: string): Promise<string> {
    return (await this.send('GET', `/${jobId}/rejects`)).text()
  }

  /** Polls until the job has ended, and reports each change. */
  async ended(jobId: string, changed: (job: Job) => void = () => {}, everyMillis = 1000): Promise<Job> {
    for (;;) {
      const job = await this.job(jobId)
      changed(job)
      if (job.status !== 'pending' && job.status !== 'processing') return job
      await new Promise((resume) => setTimeout(resume, everyMillis))
    }
  }

  private async json<T>(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<T> {
    return (await (await this.send(method, path, body, headers)).json()) as T
  }

  private async send(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    const token = await this.options.token?.()
    const response = await (this.options.fetch ?? fetch)(`${this.options.url}/api/migrations${path}`, {
      method,
      body,
      headers: token ? { ...headers, Authorization: `Bearer ${token}` } : headers,
    })
    if (response.ok) return response
    throw new ImportProblem(await problemOf(response))
  }
}

/** Also for the answer of a proxy that is not JSON. */
async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem
  } catch {
    return { type: 'about:blank', title: response.statusText, status: response.status, detail: `HTTP ${response.status}` }
  }
}
