// How everything looks that the elements show. The page has these rules, too.
// @ts-check

import { css } from 'lit';

export const styles = css`
:host, :root {
  --page: var(--importonce-page, light-dark(#f4f6f9, #11151b));
  --card: var(--importonce-card, light-dark(#fff, #1a2029));
  --line: var(--importonce-line, light-dark(#c9d0da, #39424f));
  --control: var(--importonce-control, light-dark(#7b8696, #7d899a));
  --text: var(--importonce-text, light-dark(#1b2430, #e6eaf0));
  --muted: var(--importonce-muted, light-dark(#55606f, #a5b0bf));
  --accent: var(--importonce-accent, light-dark(#0b57d0, #8ab4f8));
  --on-accent: var(--importonce-on-accent, light-dark(#fff, #0a1a33));
  --accent-back: var(--importonce-accent-back, light-dark(#e8f0fd, #1b2c45));
  --good: var(--importonce-good, light-dark(#146c37, #7bd69b));
  --good-back: var(--importonce-good-back, light-dark(#e5f4ea, #17301f));
  --bad: var(--importonce-bad, light-dark(#b3261e, #ff9d94));
  --bad-back: var(--importonce-bad-back, light-dark(#fdeceb, #3a1e1c));
  color-scheme: var(--importonce-color-scheme, light dark);
}

*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
/* They are not boxes of their own: what is in them is laid out by the element around them. */
import-once-form, import-once-format, import-once-columns, import-once-values, import-once-outlook, import-once-job, import-once-corrections, import-once-grid { display: contents; }
import-once-outlook > :empty, import-once-job > :empty { position: absolute; }
.replace input[type=text] { width: auto; flex: 1 1 8rem; }

h1, h2, h3, h4, p, dl, dd, ol { margin: 0; padding: 0; }
h2 { font-size: 1.2rem; }
h3 { font-size: 1.05rem; }
h4 { font-size: 1rem; }
/* The page gives these the focus so that reading continues there; they are not controls. */
[tabindex='-1']:focus { outline: none; }
header p, .hint, time { color: var(--muted); }
.hint { font-size: .9rem; }
a { color: var(--accent); }

.card {
  padding: 1.25rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: var(--importonce-radius, .6rem);
}

.stack { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
.narrow { max-width: 26rem; }
.stack > button { justify-self: start; }
/* Empty, but there for screen readers: no gap. */
.stack > :empty { position: absolute; }

/* Form */
.field { display: grid; align-content: start; grid-template-columns: minmax(0, 1fr); gap: .45rem; }
label, legend { font-weight: 600; }
fieldset { display: grid; gap: 1rem; min-width: 0; margin: 0; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: .75rem; }
fieldset label { font-weight: 400; }
.fields { display: grid; grid-template-columns: minmax(0, 1fr); gap: .6rem; }
.check { display: flex; gap: .6rem; align-items: center; }
.check input { flex: none; width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--accent); }

button, select, textarea, input:not([type=file], [type=checkbox]), input[type=file]::file-selector-button {
  min-height: 2.5rem;
  padding: .4rem .8rem;
  background: var(--card);
  color: var(--text);
  border: 1px solid var(--control);
  border-radius: var(--importonce-radius, .4rem);
  font: inherit;
}

select, textarea, input:not([type=file], [type=checkbox]) { width: 100%; }
.drop { padding: 1.25rem; background: var(--page); border: 2px dashed var(--control); border-radius: var(--importonce-radius, .5rem); }
.dropping .drop { background: var(--accent-back); border-color: var(--accent); }
details summary { cursor: pointer; font-weight: 600; }
details .scroll, details .fields { margin-top: .5rem; }
input[type=file] { width: 100%; font: inherit; color: var(--text); }
input[type=file]::file-selector-button { margin-inline-end: .8rem; cursor: pointer; }
button { cursor: pointer; }
button:disabled { opacity: .55; cursor: not-allowed; }
.primary { padding-inline: 1.6rem; background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
.actions p { flex: 1 1 14rem; overflow-wrap: anywhere; }
/* Empty, but there for screen readers: no gap. */
.actions p:empty { flex-basis: 0; }

:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }

.about { font-size: .85rem; overflow-wrap: anywhere; }
.samples { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }

/* Loading: a mark beside the text, so that nothing moves when the text disappears */
.waiting:not(:empty)::before {
  content: '';
  display: inline-block;
  width: .85em;
  height: .85em;
  margin-inline-end: .5em;
  vertical-align: -.08em;
  border: 2px solid var(--line);
  border-block-start-color: var(--accent);
  border-radius: 50%;
  animation: turn .8s linear infinite;
}
@keyframes turn { to { transform: rotate(1turn); } }

/* Tables */
.scroll { overflow: auto; max-height: 32rem; border: 1px solid var(--line); border-radius: var(--importonce-radius, .4rem); }
table { border-collapse: collapse; min-width: 100%; }
th, td { padding: .4rem .7rem; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); font-size: .95rem; max-width: 24rem; overflow-wrap: break-word; }
td { min-width: 5rem; }
thead th { position: sticky; top: 0; background: var(--card); white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
td input:not([type=file], [type=checkbox]) { min-width: 11rem; min-height: 2.2rem; padding: .2rem .5rem; }
td input[aria-invalid=true] { background: var(--bad-back) !important; border-color: var(--bad) !important; }
.outlook .scroll { max-height: 16rem; }
ins { text-decoration-color: var(--good); }
.why { min-width: 10rem; }
.rejected { margin: 0; padding-inline-start: 1.2rem; overflow-wrap: anywhere; }
.rejected:empty { display: none; }
.notices { margin: 0; padding-inline-start: 1.2rem; font-size: .9rem; overflow-wrap: anywhere; }

/* Problems */
.error:empty { display: none; }
[role=alert]:not(:empty), .error {
  padding: .75rem 1rem;
  background: var(--bad-back);
  border-inline-start: 4px solid var(--bad);
  border-radius: .3rem;
  overflow-wrap: anywhere;
}
[role=alert] ul { margin: .3rem 0 0; padding-inline-start: 1.2rem; }

/* One job */
h2, h3 { overflow-wrap: anywhere; }
.progress { height: .75rem; overflow: hidden; background: var(--page); border: 1px solid var(--control); border-radius: 1rem; }
.bar { width: 0; height: 100%; background: var(--accent); transition: inline-size .3s; }
.bar[data-status=completed] { background: var(--good); }
.bar[data-status=failed], .bar[data-status=cancelled] { background: var(--bad); }
.counts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(8rem, calc(50% - .25rem)), 1fr)); gap: .5rem; }
.counts div { padding: .5rem .7rem; border: 1px solid var(--line); border-radius: var(--importonce-radius, .4rem); }
.counts dt { color: var(--muted); font-size: .9rem; }
.counts dd { font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.counts [data-zero] dd { color: var(--muted); }
.counts :is([data-count=rejected], [data-count=wouldReject]):not([data-zero]) dd { color: var(--bad); }
.heading { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; justify-content: space-between; }
.good { color: var(--good); font-weight: 600; }
.bad { color: var(--bad); font-weight: 600; }
.status { padding: .05rem .6rem; background: var(--page); border-radius: 1rem; font-size: .9rem; font-weight: 600; white-space: nowrap; }
.status:is([data-status=completed], [data-status=sent]) { background: var(--good-back); color: var(--good); }
.status:is([data-status=failed], [data-status=cancelled], [data-status=unknown]) { background: var(--bad-back); color: var(--bad); }
.status[data-status=processing] { background: var(--accent-back); color: var(--accent); }

.facts { display: flex; flex-wrap: wrap; gap: 0 1rem; overflow-wrap: anywhere; }
.facts > :empty { display: none; }

/* Questions */
dialog { max-width: min(30rem, calc(100vw - 2rem)); padding: 1.25rem; background: var(--card); color: var(--text); border: 1px solid var(--line); border-radius: var(--importonce-radius, .6rem); }
dialog::backdrop { background: rgb(0 0 0 / 45%); }
dialog form { display: grid; gap: 1rem; }

@media (min-width: 46rem) {
  .fields .field { grid-template-columns: 10rem minmax(0, 18rem) minmax(0, 1fr); gap: .2rem 1rem; align-content: center; align-items: center; }
  .fields .about { grid-column: 2 / -1; }
  .why { min-width: 18rem; }
}

@media (max-width: 46rem) {
  /* It scrolls anyway, so its cells are wide rather than tall. */
  table { width: max-content; }
  th, td { max-width: 13rem; }
}

@media (prefers-reduced-motion: reduce) {
  .bar { transition: none; }
  .waiting::before { animation: none; }
}
`;
