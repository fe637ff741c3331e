// Works a competitor's queue until it is ended: competitor.mjs graphile|boss <database url> <workers>
// Run in the folder that graphile-worker and pg-boss are installed in. Both with the settings for throughput that
// their documentation gives, and woken by NOTIFY.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [kind, connectionString, workers] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const require = createRequire(`${process.cwd()}/package.json`);
const load = (name) => import(pathToFileURL(require.resolve(name)));

if (kind === "graphile") {
    const { run } = await load("graphile-worker");
    await run({
        preset: {
            worker: {
                connectionString,
                concurrentJobs: workers,
                maxPoolSize: workers + 2 > 10 ? workers + 2 : 10,
                localQueue: { size: 500 },
                completeJobBatchDelay: 0,
                failJobBatchDelay: 0,
            },
        },
        taskList: { bench: () => {} },
        noHandleSignals: true,
    });
} else {
    const { PgBoss } = await load("pg-boss");
    const boss = new PgBoss({ connectionString, useListenNotify: true });
    boss.on("error", console.error);
    await boss.start();
    await boss.createQueue("bench", { notify: true });
    const batchSize = Number(process.env.BATCH ?? 500);
    await boss.work("bench", { batchSize, localConcurrency: workers, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 }, async () => {});
}
console.log("ready");
