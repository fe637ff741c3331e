// Supabase Edge Function: supabase.functions.invoke('migrations-run', …) keeps working, and ImportOnce does the work.
//   supabase secrets set IMPORTONCE_URL=https://imports.example.com
//   supabase functions deploy migrations-run --no-verify-jwt     (ImportOnce verifies the token itself)
// Bodies stream through. Edge Functions have limits of their own (time, memory): send large files straight to ImportOnce, or by
// way of Supabase Storage.

declare const Deno: { env: { get(name: string): string | undefined }; serve(handler: (request: Request) => Promise<Response>): void }

Deno.serve((request) => {
  const target = new URL('/functions/v1/migrations-run', Deno.env.get('IMPORTONCE_URL'))
  target.search = new URL(request.url).search
  const headers = new Headers(request.headers)
  headers.delete('host')
  const init: RequestInit & { duplex: 'half' } = {
    method: request.method,
    headers,
    body: request.body,
    duplex: 'half',
    redirect: 'manual',
  }
  return fetch(target, init)
})
