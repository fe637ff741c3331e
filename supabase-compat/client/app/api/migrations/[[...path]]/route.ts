// Next.js (app router): forwards /api/migrations/… to ImportOnce, so that browsers need no second origin.
// IMPORTONCE_URL is the address of ImportOnce, without a path. Bodies are streamed and not read here.

export const dynamic = 'force-dynamic'

/** The request headers that ImportOnce uses; cookies and all others are not forwarded. */
const PASSED_ON = ['authorization', 'content-type', 'idempotency-key', 'accept', 'last-event-id']
/** The answer headers that are forwarded. */
const PASSED_BACK = ['content-type', 'content-disposition', 'location', 'retry-after', 'www-authenticate', 'cache-control']

async function forward(request: Request, context: { params: Promise<{ path?: string[] }> }): Promise<Response> {
  const { path = [] } = await context.params
  const target = new URL(['/api/migrations', ...path.map(encodeURIComponent)].join('/'), process.env.IMPORTONCE_URL)
  target.search = new URL(request.url).search
  const init: RequestInit & { duplex: 'half' } = {
    method: request.method,
    headers: only(PASSED_ON, request.headers),
    body: request.body,
    duplex: 'half',
    redirect: 'manual',
    signal: request.signal,
  }
  const answer = await fetch(target, init)
  return new Response(answer.body, { status: answer.status, headers: only(PASSED_BACK, answer.headers) })
}

function only(names: string[], headers: Headers): Headers {
  const kept = new Headers()
  for (const name of names) {
    const value = headers.get(name)
    if (value !== null) kept.set(name, value)
  }
  return kept
}

export { forward as GET, forward as POST }
