import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends every file of a folder, each with the mapping beside it, to a service, one after another and ten at once, by each way in; then many slow senders, many uploads, many
 * previews and many event streams. Meanwhile a neighbour, another user, imports one row every second:
 * {@code java Attack.java <base address> <HS256 secret> <folder> [phases]}. Prints what the neighbour saw in each phase, and whether
 * anything is stuck afterwards. Exit code 1 when the neighbour got anything but 2xx or something is stuck. Loopback only;
 * each request has a time limit.
 */
class Attack {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration LONGEST_JOB = Duration.ofMinutes(1);
    private static final int AT_ONCE = 10;
    private static final int SLOW_SENDERS = 130;
    private static final int UPLOADS = 120;
    private static final int UPLOADED_ROWS = 1_000_000;
    private static final int PREVIEWS = 40;
    private static final int STREAMS = 300;
    private static final Pattern JOB_ID = Pattern.compile("\"jobId\":\"([^\"]+)\"");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([^\"]+)\"");

    /** Ends the name of the file that has a file's mapping. */
    private static final String BESIDE = ".mapping";

    private static final String MAPPING =
            "{\"target\":\"contacts\",\"fields\":{\"email\":\"email\"},\"unmapped\":\"attributes\"}";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String secret;
    private final Pattern only;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();

    Attack(URI base, String secret, Pattern only) {
        this.only = only;
        this.base = base;
        this.secret = secret;
    }

    public static void main(String... args) throws Exception {
        URI base = URI.create(args[0]);
        if (!base.getHost().equals("127.0.0.1")) throw new IllegalArgumentException("only this machine is attacked");
        Pattern only = Pattern.compile(args.length > 3 ? args[3] : "");
        System.exit(new Attack(base, args[1], only).run(Path.of(args[2])) ? 0 : 1);
    }

    private boolean run(Path folder) throws Exception {
        List<Path> bombs;
        try (Stream<Path> files = Files.list(folder)) {
            bombs = files.filter(file -> !file.toString().endsWith(BESIDE)).sorted().toList();
        }
        System.out.printf("%-28s %7s %12s %12s %12s %9s  %s%n", "phase", "seconds", "neighbour", "slowest ms", "ready ms", "not 2xx", "answers");
        boolean well = phase("nobody else", () -> TimeUnit.SECONDS.sleep(10));
        for (Path bomb : bombs) well &= phase(bomb.getFileName().toString(), () -> everyWay(bomb, "a"));
        well &= phase("ten at once", () -> atOnce(bombs));
        well &= phase(SLOW_SENDERS + " slow senders", this::sendSlowly);
        well &= phase(UPLOADS + " uploads of one", () -> upload(1));
        well &= phase(UPLOADS + " uploads of many", () -> upload(UPLOADS));
        well &= phase(PREVIEWS + " previews", () -> previews(folder));
        well &= phase(STREAMS + " event streams", this::follow);
        well &= phase("afterwards", () -> TimeUnit.SECONDS.sleep(10));
        return well & nothingIsStuck();
    }

    /** Runs an attack beside the neighbour, who imports at least once, and tells what he saw. */
    private boolean phase(String name, Act attack) throws Exception {
        if (!only.matcher(name).find()) return true;
        answers.clear();
        Neighbour neighbour = new Neighbour();
        Thread thread = new Thread(neighbour, "neighbour");
        thread.start();
        long begin = System.nanoTime();
        try {
            attack.run();
        } catch (IOException | java.util.concurrent.ExecutionException e) {
            answers.merge("no answer", 1, Integer::sum);
        } finally {
            neighbour.goesOn = false;
            thread.join();
        }
        System.out.printf(
                "%-28s %7.1f %12d %12d %12d %9d  %s%n",
                name,
                (System.nanoTime() - begin) / 1e9,
                neighbour.imports,
                neighbour.slowestMillis,
                neighbour.slowestReadyMillis,
                neighbour.refused,
                new TreeMap<>(answers));
        return neighbour.refused == 0;
    }

    private void everyWay(Path bomb, String user) throws IOException, InterruptedException {
        byte[] bytes = Files.readAllBytes(bomb);
        String name = "fileName=" + encoded(bomb.getFileName().toString());
        String query = name + "&mapping=" + encoded(Files.readString(Path.of(bomb + BESIDE)));
        count(post("/api/sources?" + name, bytes, user(user)));
        count(post("/api/migrations/preview?" + query, bytes, user(user)));
        String answer = count(post("/api/migrations/run?" + query, bytes, user(user)));
        Matcher job = JOB_ID.matcher(answer);
        if (job.find()) {
            end(job.group(1), user(user));
            count(get("/api/migrations?limit=500", user(user)));
            count(get("/api/migrations/" + job.group(1) + "/rejects", user(user)));
        }
    }

    private void atOnce(List<Path> bombs) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < bombs.size(); i++) {
            Path bomb = bombs.get(i);
            String user = "at-once-" + i % 3;
            all.add(threads.submit(() -> {
                everyWay(bomb, user);
                return null;
            }));
        }
        for (Future<?> one : all) one.get();
        threads.shutdown();
    }

    /** Each sends a byte a second of a body that never ends. */
    private void sendSlowly() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        String head = "POST /api/migrations/run?mapping=" + encoded(MAPPING) + " HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nAuthorization: Bearer " + token(user("slow"), null)
                + "\r\nContent-Type: text/csv\r\nContent-Length: 100000000\r\n\r\nemail\n";
        try {
            for (int i = 0; i < SLOW_SENDERS; i++) {
                Socket socket = new Socket("127.0.0.1", base.getPort());
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                sockets.add(socket);
            }
            for (int second = 0; second < 30; second++) {
                for (Socket socket : sockets) trickle(socket);
                TimeUnit.SECONDS.sleep(1);
            }
        } finally {
            for (Socket socket : sockets) socket.close();
        }
    }

    private void trickle(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write('a');
        } catch (IOException e) {
            answers.merge("cut off", 1, Integer::sum);
        }
    }

    /** All at once, each a new file of 22 MB. */
    private void upload(int users) throws Exception {
        byte[] rows = "neighbour@example.com\n".repeat(UPLOADED_ROWS).getBytes(StandardCharsets.US_ASCII);
        List<java.util.concurrent.CompletableFuture<HttpResponse<String>>> uploads = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            byte[] first = ("email\n" + UUID.randomUUID() + "@example.com\n").getBytes(StandardCharsets.US_ASCII);
            uploads.add(client.sendAsync(
                    request("/api/sources", user("upload-" + i % users))
                            .header("Content-Type", "text/csv")
                            .POST(BodyPublishers.concat(BodyPublishers.ofByteArray(first), BodyPublishers.ofByteArray(rows)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        for (var upload : uploads) {
            try {
                count(upload.get());
            } catch (java.util.concurrent.ExecutionException e) {
                answers.merge(e.getCause().getClass().getSimpleName(), 1, Integer::sum);
            }
        }
    }

    private void previews(Path folder) throws Exception {
        StringBuilder rows = new StringBuilder("email,name\n");
        for (int i = 0; i < 300_000; i++) rows.append("p").append(i).append("@example.com,Preview\n");
        byte[] bytes = rows.toString().getBytes(StandardCharsets.US_ASCII);
        ExecutorService threads = Executors.newFixedThreadPool(PREVIEWS);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < PREVIEWS; i++) {
            String user = "preview-" + i % 4;
            all.add(threads.submit(
                    () -> count(post("/api/migrations/preview?mapping=" + encoded(MAPPING), bytes, user(user)))));
        }
        for (Future<?> one : all) one.get();
        threads.shutdown();
    }

    /** Of one job, by one user, all at once. */
    private void follow() throws Exception {
        String answer = post("/api/migrations/run?mapping=" + encoded(MAPPING), "email\nfollow@example.com\n".getBytes(), user("follower"))
                .body();
        Matcher job = JOB_ID.matcher(answer);
        if (!job.find()) throw new IllegalStateException(answer);
        List<java.util.concurrent.CompletableFuture<HttpResponse<Stream<String>>>> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++)
            streams.add(client.sendAsync(
                    request("/api/migrations/" + job.group(1) + "/events", user("follower")).GET().build(),
                    HttpResponse.BodyHandlers.ofLines()));
        for (var stream : streams) {
            try {
                HttpResponse<Stream<String>> one = stream.get(60, TimeUnit.SECONDS);
                answers.merge(String.valueOf(one.statusCode()), 1, Integer::sum);
                one.body().close();
            } catch (java.util.concurrent.ExecutionException e) {
                answers.merge("no answer", 1, Integer::sum);
            }
        }
    }

    private boolean nothingIsStuck() throws IOException, InterruptedException {
        HttpResponse<String> integrity = get("/api/integrity", null);
        boolean well = integrity.statusCode() == 200 && integrity.body().startsWith("{\"ok\":true");
        System.out.println("integrity: " + (well ? "ok" : integrity.body()));
        for (String probe : List.of("/q/health/live", "/q/health/ready")) {
            boolean up = get(probe, null).statusCode() == 200;
            System.out.println(probe + ": " + (up ? "UP" : "DOWN"));
            well &= up;
        }
        return well;
    }

    /** Follows a job to its end, by asking: every status that it can have is an answer. One that goes on and on is cancelled. */
    private String end(String job, UUID user) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_JOB.toNanos();
        while (System.nanoTime() < deadline) {
            HttpResponse<String> answer = get("/api/migrations/" + job, user);
            Matcher status = STATUS.matcher(answer.body());
            String word = status.find() ? status.group(1) : String.valueOf(answer.statusCode());
            if (!word.equals("pending") && !word.equals("processing")) {
                answers.merge(word, 1, Integer::sum);
                return word;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        String cancelled = "cancelled after " + LONGEST_JOB.toSeconds() + " s: "
                + send(request("/api/migrations/" + job + "/cancel", user).POST(BodyPublishers.noBody())).statusCode();
        answers.merge(cancelled, 1, Integer::sum);
        return cancelled;
    }

    private String count(HttpResponse<String> answer) {
        answers.merge(String.valueOf(answer.statusCode()), 1, Integer::sum);
        return answer.body();
    }

    private HttpResponse<String> post(String path, byte[] body, UUID user) throws IOException, InterruptedException {
        return send(request(path, user).header("Content-Type", "application/octet-stream").POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> get(String path, UUID user) throws IOException, InterruptedException {
        return send(request(path, user).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** @param user null: as service_role */
    private HttpRequest.Builder request(String path, UUID user) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + (user == null ? token(UUID.randomUUID(), "service_role") : token(user, null)));
    }

    private String token(UUID user, String role) {
        String head = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.US_ASCII));
        long now = Instant.now().getEpochSecond();
        String claims = "{\"sub\":\"" + user + "\",\"aud\":\"authenticated\",\"role\":\"" + (role == null ? "authenticated" : role)
                + "\",\"iat\":" + now + ",\"exp\":" + (now + 3600) + "}";
        String signed = head + "." + base64(claims.getBytes(StandardCharsets.US_ASCII));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static UUID user(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private interface Act {
        void run() throws Exception;
    }

    /** Asks whether the service is ready, then imports a new row and follows it to its end, once a second. */
    private final class Neighbour implements Runnable {
        private final UUID user = user("neighbour");
        volatile boolean goesOn = true;
        int imports;
        int refused;
        long slowestMillis;
        long slowestReadyMillis;

        @Override
        public void run() {
            while (goesOn || imports == 0) {
                askWhetherReady();
                long begin = System.nanoTime();
                importOne();
                imports++;
                long millis = (System.nanoTime() - begin) / 1_000_000;
                slowestMillis = Math.max(slowestMillis, millis);
                try {
                    TimeUnit.MILLISECONDS.sleep(Math.max(0, 1000 - millis));
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private void askWhetherReady() {
            long begin = System.nanoTime();
            try {
                if (get("/q/health/ready", null).statusCode() != 200) refused++;
            } catch (IOException | InterruptedException e) {
                refused++;
            }
            slowestReadyMillis = Math.max(slowestReadyMillis, (System.nanoTime() - begin) / 1_000_000);
        }

        private void importOne() {
            byte[] row = ("email\nrow" + System.nanoTime() + "@example.com\n").getBytes(StandardCharsets.US_ASCII);
            try {
                HttpResponse<String> answer = post("/api/migrations/run?mapping=" + encoded(MAPPING), row, user);
                Matcher job = JOB_ID.matcher(answer.body());
                if (answer.statusCode() / 100 != 2 || !job.find() || !completes(job.group(1))) refused++;
            } catch (IOException | InterruptedException e) {
                refused++;
            }
        }

        private boolean completes(String job) throws IOException, InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                HttpResponse<String> answer = get("/api/migrations/" + job, user);
                if (answer.statusCode() != 200) return false;
                if (answer.body().contains("\"status\":\"completed\"")) return true;
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return false;
        }
    }
}
