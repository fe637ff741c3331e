package dev.importonce.problem;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which a test writes whatever it likes. */
public final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    private Wire(Socket socket) {
        this.socket = socket;
    }

    public static Wire open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        // Head and body are written one after the other: neither shall wait for the other's acknowledgement.
        socket.setTcpNoDelay(true);
        return new Wire(socket);
    }

    /** One that takes little in before it is read. */
    public static Wire openNarrow() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new Wire(socket);
    }

    /** Sends request line and headers; the empty line after them is added. */
    public Wire head(String... lines) throws IOException {
        return write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes as they are. */
    public Wire write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends one chunk of a body without a length. */
    public Wire chunk(byte[] bytes) throws IOException {
        return write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII))
                .write(bytes)
                .write(new byte[] {'\r', '\n'});
    }

    /** The next answer. */
    public Answer answer() throws IOException {
        InputStream in = socket.getInputStream();
        int status = Integer.parseInt(line(in).split(" ")[1]);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(":\\s*", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1], (one, two) -> one + ", " + two);
        }
        return new Answer(status, headers, new String(body(in, headers), StandardCharsets.UTF_8));
    }

    /** The same, for who cannot have it fail otherwise. */
    public Answer awaitAnswer() {
        try {
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the other side ends the connection without another byte. */
    public boolean isClosedByServer() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!"chunked".equals(headers.get("Transfer-Encoding")))
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(line(in), 16); length > 0; length = Integer.parseInt(line(in), 16)) {
            body.writeBytes(in.readNBytes(length));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new EOFException("the connection ended where an answer should be");
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** What came back. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public Refusal refusal() {
            return new Refusal(status, headers.get("Content-Type"), body);
        }
    }
}
