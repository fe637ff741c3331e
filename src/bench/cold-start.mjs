// From exec to the first 202 of a small import, and the memory then:
//   cold-start.mjs <rounds> <contenders.json>
// contenders.json: [{"name", "command": [...], "env": {...}}]; every round starts each of them once, one after another.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { median } from "./median.mjs";

const rounds = Number(process.argv[2]);
const contenders = JSON.parse(readFileSync(process.argv[3], "utf8"));
const mapping = encodeURIComponent(
    JSON.stringify({ target: "contacts", fields: { email: "email", firstName: "first_name", lastName: "last_name" } }),
);

const CALM_MS = 200;

// Below the ports that a system gives to who connects: knocking at one of those may end in a connection with itself.
let lastPort = 20000;

/** One request on a connection of its own: the status, or null while nobody listens. */
const submit = (port) =>
    new Promise((resolve, reject) => {
        const id = randomUUID();
        const rows = [1, 2, 3].map((n) => `person${n}-${id}@example.com,Person,${n}`);
        const body = `email,first_name,last_name\n${rows.join("\n")}\n`;
        const socket = connect(port, "127.0.0.1");
        let answer = "";
        socket.on("error", (error) => (error.code === "ECONNREFUSED" ? resolve(null) : reject(error)));
        socket.on("data", (data) => {
            answer += data;
            socket.destroy();
            resolve(Number(answer.split(" ")[1]));
        });
        socket.on("end", () => reject(new Error(`no answer: ${answer}`)));
        socket.on("connect", () =>
            socket.write(
                `POST /api/migrations/run?mapping=${mapping} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n` +
                    `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
            ),
        );
    });

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function start({ name, command, env }) {
    const port = ++lastPort;
    const began = process.hrtime.bigint();
    const child = spawn(command[0], command.slice(1), {
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env, PORT: port, QUARKUS_HTTP_PORT: port },
        stdio: ["ignore", "pipe", "pipe"],
    });
    const end = () => child.kill("SIGKILL");
    process.once("exit", end);
    let log = "";
    child.stdout.on("data", (data) => (log += data));
    child.stderr.on("data", (data) => (log += data));
    const ended = new Promise((resolve) => child.on("exit", resolve));
    let status = null;
    while (status === null) {
        if (child.exitCode !== null) throw new Error(`${name} ended: ${log}`);
        status = await submit(port);
        if (status === null) await pause(1);
    }
    const ms = Number(process.hrtime.bigint() - began) / 1e6;
    if (status !== 202) throw new Error(`${name} answered ${status}: ${log}`);
    const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024;
    end();
    await ended;
    process.off("exit", end);
    // The server ends the connections of one that was killed, too, before the next one starts.
    await pause(CALM_MS);
    return { ms, rss };
}

const seen = new Map(contenders.map(({ name }) => [name, []]));
for (let round = 0; round < rounds; round++)
    for (const contender of contenders) seen.get(contender.name).push(await start(contender));

const figures = new Map([...seen].map(([name, runs]) => [name, { ms: median(runs.map((r) => r.ms)), rss: median(runs.map((r) => r.rss)) }]));
const node = figures.get("Node");
console.log("start                     ms  to Node  RSS MiB  to Node");
for (const [name, { ms, rss }] of figures)
    console.log(
        `${name.padEnd(22)}${ms.toFixed(0).padStart(6)}${(ms / node.ms).toFixed(2).padStart(9)}` +
            `${rss.toFixed(0).padStart(9)}${(rss / node.rss).toFixed(2).padStart(9)}`,
    );
for (const [aot, plain] of [["JVM 25, AOT cache", "JVM 25"], ["JVM 17, AppCDS", "JVM 17"]])
    if (figures.has(aot) && figures.has(plain))
        console.log(`${aot} to ${plain}: ${(figures.get(aot).ms / figures.get(plain).ms).toFixed(2)}`);
