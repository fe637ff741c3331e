// Corrects the rejected rows of a job on the page, as a person would: page-corrections.mjs <base> <job> <rows>
import { launch } from "./chromium.mjs";

const [base, job, rows] = process.argv.slice(2);
const KEYS = 40;
const PATIENCE_MS = 120_000;

// Runs in the page: how long its main thread was busy at a stretch, and how long keys and clicks took to be seen.
function observe() {
    window.begin = () => {
        window.seen = { tasks: [], events: [] };
    };
    window.begin();
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.seen.tasks.push(duration))).observe({ type: "longtask" });
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.seen.events.push(duration))).observe({ type: "event", durationThreshold: 16 });
}

const browser = await launch();
console.log(`Chromium ${browser.version()}, ${rows} rejected rows`);
for (const slower of [1, 4]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.addInitScript(observe);
    const devtools = await context.newCDPSession(page);
    await page.goto(`${base}/#${job}`);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
    console.log(slower === 1 ? "this machine" : `processor ${slower} times slower`);

    const cell = (row) => page.getByLabel(`email, row ${row}`, { exact: true });
    const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const watch = async (name, act) => {
        await drawn();
        await page.evaluate(() => window.begin());
        const began = performance.now();
        await act();
        await drawn();
        const millis = performance.now() - began;
        const { tasks, events } = await page.evaluate(() => window.seen);
        const most = (values) => Math.max(0, ...values).toFixed(0);
        console.log(`  ${name}: ${millis.toFixed(0)} ms, ${tasks.length} tasks over 50 ms, longest ${most(tasks)} ms, slowest key or click ${most(events)} ms`);
    };

    await watch("opened, first page shown", async () => {
        await page.getByRole("button", { name: "Correct them here" }).click();
        await cell(2).waitFor();
    });
    await watch(`${KEYS} keys typed into a cell`, async () => {
        await cell(2).focus();
        await page.keyboard.type("x".repeat(KEYS));
    });
    await watch(`${KEYS} times arrow down`, async () => {
        for (let key = 0; key < KEYS; key++) await page.keyboard.press("ArrowDown");
    });
    await watch("to the last row (Ctrl+End)", async () => {
        await page.keyboard.press("Control+End");
        await cell(Number(rows) + 1).waitFor();
    });
    await watch("a text replaced in all rows", async () => {
        await page.getByLabel("Find in the cells").fill(" at ");
        await page.getByLabel("Replace with").fill("@");
        await page.getByRole("button", { name: "Replace all" }).click();
        await page.getByText("cells changed").waitFor();
    });
    await context.close();
}
await browser.close();
