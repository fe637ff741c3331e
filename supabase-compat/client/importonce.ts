// A typed client of ImportOnce, which needs only fetch. The types are those of the API's description (src/docs/openapi.yaml):
// openapi.d.ts is generated when the npm package is built (button/build.mjs).

import type { components } from './openapi.js'

type Schemas = components['schemas']

/** Which column goes into which field, and how. */
export type Mapping = Schemas['Mapping']
export type Status = Schemas['JobStatus']
/**
 * The answer to a request to import. `created: false`: this import was running already, and jobId is the id of the running
 * job.
 */
export type Run = Schemas['Run']
/** Null in a job that is older than ImportOnce: every value that is not known. */
export type Job = Schemas['Job']
export type Progress = Schemas['Progress']
/** Facts about how a file was read that its owner may not expect. */
export type Notice = Schemas['Notice']
/** An error answer (RFC 9457). `detail` says what to do; `type`, `urn:importonce:problem:…`, never changes. */
export type Problem = Schemas['Problem']
export type Page<T> = Omit<Schemas['JobPage'], 'items'> & { items: T[] }

export class ImportProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail)
    this.name = 'ImportProblem'
  }
}

/** A file to import: its bytes, or its place in a store. */
export type FileToImport = Blob | Required<Pick<Schemas['ImportRequest'], 'sourceId'>> | Required<Pick<Schemas['ImportRequest'], 'storage'>>

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
  jobs(query: { status?: Status; target?: string; since?: string; before?: string; limit?: number; cursor?: string } = {}): Promise<Page<Job>> {
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
    return { type: 'about:blank', title: response.statusText, status: response.status, detail: `HTTP ${response.status}`, code: 'unknown' }
  }
}
