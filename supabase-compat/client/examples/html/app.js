document.querySelector('import-once-button').addEventListener('import-completed', ({ detail: job }) => {
  document.querySelector('#result').textContent = `${job.progress.inserted} new contacts`
})
