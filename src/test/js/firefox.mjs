// Imports by the button of a page in Firefox, and corrects what was rejected: PAGE, FILE, FIREFOX. Prints what each import did.
// Playwright drives an unchanged Firefox by WebDriver BiDi, which it does not offer to everybody yet.
import assert from 'node:assert/strict'
import playwright from 'playwright-core'

const { PAGE, FILE, FIREFOX } = process.env
const browser = await playwright._bidiFirefox.launch({ executablePath: FIREFOX, headless: true })
try {
  const page = await browser.newPage()
  const complaints = []
  page.on('pageerror', ({ message }) => {
    // The site has no icon, and its policy allows none.
    if (!message.includes('/favicon.ico')) complaints.push(message)
  })
  await page.goto(PAGE)
  await page.getByRole('button', { name: 'Import a file' }).click()
  await page.getByLabel('File', { exact: true }).setInputFiles(FILE)
  await page.getByRole('region', { name: 'What would happen' }).waitFor()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const result = page.getByRole('region', { name: 'Import result' })
  const count = (name) => result.locator(`[data-count=${name}] dd`)
  await result.waitFor()
  console.log(`inserted ${await count('inserted').textContent()}, rejected ${await count('rejected').textContent()}`)

  await page.getByRole('button', { name: 'Correct them here' }).click()
  await page.getByLabel('email, row 3', { exact: true }).fill('bob@firefox.example')
  await page.keyboard.press('Escape')
  assert.equal(await page.getByLabel('email, row 3', { exact: true }).inputValue(), 'nobody')
  await page.keyboard.type('eve@firefox.example')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'corrected.csv' }).waitFor()
  await result.waitFor()
  console.log(`inserted ${await count('inserted').textContent()}, rejected ${await count('rejected').textContent()}`)
  assert.deepEqual(complaints, [])
} finally {
  await browser.close()
}
