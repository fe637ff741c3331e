// Chooses a large file on the page, waits for its preview, clicks Import and cancels: page-upload.mjs <base> <file>
import { statSync } from "node:fs";
import { launch } from "./chromium.mjs";

const [base, file] = process.argv.slice(2);
const SAMPLE_MS = 500;
const PATIENCE_MS = 30 * 60_000;

// Runs in the page: what its main thread does, and what a person would see of it. begin() starts a new stretch.
function observe() {
    let last = 0;
    window.begin = () => {
        window.seen = { tasks: [], gap: 0, frames: 0, since: performance.now() };
        last = performance.now();
    };
    window.begin();
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.seen.tasks.push(duration))).observe({ type: "longtask" });
    requestAnimationFrame(function frame(now) {
        window.seen.gap = Math.max(window.seen.gap, now - last);
        window.seen.frames++;
        last = now;
        requestAnimationFrame(frame);
    });
}

const browser = await launch("--enable-precise-memory-info");
const page = await (await browser.newContext()).newPage();
page.setDefaultTimeout(PATIENCE_MS);
await page.addInitScript(observe);
const devtools = await page.context().newCDPSession(page);
await page.goto(base);
await page.getByText("Nothing imported yet").waitFor();
console.log(`Chromium ${browser.version()}`);

/** Watches the page while something happens: how long, and how it was meanwhile. */
async function watch(name, act) {
    await page.evaluate(() => window.begin());
    const heaps = [];
    let going = true;
    const began = performance.now();
    const samples = (async () => {
        while (going) {
            const { usedSize, backingStorageSize = 0 } = await devtools.send("Runtime.getHeapUsage");
            heaps.push({ used: usedSize / 1e6, buffers: backingStorageSize / 1e6 });
            await new Promise((done) => setTimeout(done, SAMPLE_MS));
        }
    })();
    await act();
    const seconds = (performance.now() - began) / 1000;
    going = false;
    await samples;
    const { tasks, gap, frames } = await page.evaluate(() => window.seen);
    const most = (values) => Math.max(0, ...values);
    const third = Math.max(1, Math.floor(heaps.length / 3));
    const mean = (part) => part.reduce((sum, { used }) => sum + used, 0) / part.length;
    console.log(
        `${name}: ${seconds.toFixed(1)} s, ${(frames / seconds).toFixed(0)} frames per second, longest time between two ${gap.toFixed(0)} ms, ` +
            `${tasks.length} tasks over 50 ms, longest ${most(tasks).toFixed(0)} ms; ` +
            `JS heap ${mean(heaps.slice(0, third)).toFixed(1)} MB in the first third, ${mean(heaps.slice(-third)).toFixed(1)} MB in the last, ` +
            `at most ${most(heaps.map(({ used }) => used)).toFixed(1)} MB, and ${most(heaps.map(({ buffers }) => buffers)).toFixed(1)} MB of buffers`,
    );
    return seconds;
}

const bar = page.getByRole("progressbar", { name: "Upload progress" });
const button = page.getByRole("button", { name: "Import", exact: true });
const sent = await watch("upload", async () => {
    await page.getByLabel("File", { exact: true }).setInputFiles(file);
    await bar.waitFor();
    await bar.waitFor({ state: "hidden" });
});
console.log(`${(statSync(file).size / 1e6 / sent).toFixed(0)} MB per second`);
await watch("preview", async () => {
    await page.getByRole("region", { name: "What would happen" }).waitFor();
});
console.log(await page.locator(".drop .hint").last().textContent());
const result = page.getByRole("region", { name: "Import result" });
await watch("Import clicked until some rows are read, then Cancel", async () => {
    await button.click();
    await page.waitForFunction(() => Number(document.querySelector('[aria-label="Import progress"]')?.getAttribute("aria-valuenow")) >= 2);
    await page.getByRole("list", { name: "History" }).getByRole("button", { name: "Cancel" }).click();
    await result.waitFor();
});
console.log(await result.locator(".status").textContent());
await browser.close();
