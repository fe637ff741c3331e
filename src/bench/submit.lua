-- A file of three rows per request; each one different, or with SAME=1 always the same.
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

function init()
    sent = 0
    start = os.getenv("START") .. "-" .. number .. "-"
    wrk.method = "POST"
    wrk.path = "/api/migrations/run?mapping=" .. os.getenv("MAPPING")
    wrk.headers["Content-Type"] = "text/csv"
    same = os.getenv("SAME") == "1" and wrk.format(nil, nil, nil, file("same"))
end

function file(name)
    return "email,first_name\nann" .. name .. "@example.com,Ann\nbob" .. name .. "@example.com,Bob\ncay" .. name .. "@example.com,Cay\n"
end

function request()
    if same then return same end
    sent = sent + 1
    return wrk.format(nil, nil, nil, file(start .. sent))
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format("rate %.0f p99 %.1f errors %d\n", summary.requests / summary.duration * 1e6,
        latency:percentile(99) / 1000, e.connect + e.read + e.write + e.status + e.timeout))
end
