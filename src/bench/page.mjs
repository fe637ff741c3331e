// Opens every view of the page cold, again and again, and prints medians: page.mjs <base> <rounds> <job>
import { cpus } from "node:os";
import { launch } from "./chromium.mjs";
import { median } from "./median.mjs";

const [base, rounds, job] = [process.argv[2], Number(process.argv[3]), process.argv[4]];
const views = { import: "", "a job": job, contacts: "contacts", "send queue": "queue", integrity: "integrity" };

// Slow 4G as Lighthouse has it, applied to each request: kilobits per second and milliseconds.
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1638.4 * 1024) / 8, uploadThroughput: (675 * 1024) / 8 };
const settings = {
    "as it is": { cpu: 1, network: null },
    "CPU four times slower": { cpu: 4, network: null },
    "CPU four times slower, slow 4G": { cpu: 4, network: SLOW_4G },
};

// Runs before the page does; the last largest paint is the one that counts.
function observe() {
    window.seen = { lcp: 0, shifted: 0, tasks: [] };
    const on = (type, add) => new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true });
    on("largest-contentful-paint", ({ startTime }) => (window.seen.lcp = startTime));
    on("layout-shift", ({ value, hadRecentInput }) => (window.seen.shifted += hadRecentInput ? 0 : value));
    on("longtask", ({ startTime, duration }) => window.seen.tasks.push({ startTime, duration }));
}

/** One visit with nothing in any cache. */
async function visit(browser, hash, { cpu, network }) {
    const context = await browser.newContext({ viewport: { width: 1350, height: 940 } });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    let bytes = 0;
    let requests = 0;
    devtools.on("Network.requestWillBeSent", () => requests++);
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await devtools.send("Network.enable");
    await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
    if (network) await devtools.send("Network.emulateNetworkConditions", network);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
    await page.addInitScript(observe);
    await page.goto(`${base}/#${hash}`, { waitUntil: "networkidle" });
    await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length);
    const seen = await page.evaluate(() => ({
        ...window.seen,
        fcp: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    }));
    await context.close();
    // As Lighthouse adds it up: what each task takes beyond 50 ms after something is seen.
    const blocked = seen.tasks
        .filter(({ startTime, duration }) => startTime + duration > seen.fcp)
        .reduce((sum, { duration }) => sum + duration - 50, 0);
    return { fcp: seen.fcp, lcp: seen.lcp, bytes, requests, shifted: seen.shifted, blocked };
}

const browser = await launch();
console.log(`Chromium ${browser.version()}, ${cpus().length} cores, medians of ${rounds} first visits`);
// Neither the service's first answers nor the browser's first page are what is measured.
for (const hash of Object.values(views)) await visit(browser, hash, settings["as it is"]);
for (const [name, setting] of Object.entries(settings)) {
    console.log(`\n${name.padEnd(32)}FCP ms  LCP ms      kB  requests    CLS  blocked ms`);
    for (const [view, hash] of Object.entries(views)) {
        const visits = [];
        for (let round = 0; round < rounds; round++) visits.push(await visit(browser, hash, setting));
        const of = (figure) => median(visits.map((one) => one[figure]));
        console.log(
            `  ${view.padEnd(30)}${of("fcp").toFixed(0).padStart(6)}${of("lcp").toFixed(0).padStart(8)}` +
                `${(of("bytes") / 1000).toFixed(1).padStart(8)}${of("requests").toFixed(0).padStart(10)}` +
                `${of("shifted").toFixed(3).padStart(7)}${of("blocked").toFixed(0).padStart(12)}`,
        );
    }
}
await browser.close();
