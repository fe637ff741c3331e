// The Chromium of this machine, for what is measured in it.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

/** A browser as the tests start it; CHROMIUM names another one. */
export function launch(...more) {
    const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
        (path) => path && existsSync(path),
    );
    if (!executablePath) throw new Error("no Chromium here: apt-get install chromium, or set CHROMIUM");
    return chromium.launch({
        executablePath,
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            ...more,
        ],
    });
}
