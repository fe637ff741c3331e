import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A provider that takes every message at once, or after so many milliseconds: Provider.java [millis]. Prints its port, then
 * answers 200 until it is ended. Reads just enough HTTP.
 */
public class Provider {
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(0, 1024, InetAddress.getByName("127.0.0.1"));
        System.out.println(server.getLocalPort());
        int millis = args.length == 0 ? 0 : Integer.parseInt(args[0]);
        for (int i = 0; i < (millis == 0 ? 4 : 64); i++) new Thread(() -> answer(server, millis)).start();
    }

    private static void answer(ServerSocket server, int millis) {
        byte[] buffer = new byte[16384];
        while (true) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                int length = 0;
                for (int read; !whole(buffer, length) && (read = in.read(buffer, length, buffer.length - length)) > 0; ) length += read;
                if (millis > 0) Thread.sleep(millis);
                socket.getOutputStream().write(ANSWER);
            } catch (IOException | InterruptedException e) {
                System.err.println(e);
            }
        }
    }

    private static boolean whole(byte[] buffer, int length) {
        String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) return false;
        int field = text.toLowerCase().indexOf("\r\ncontent-length:");
        return length >= head + 4 + Integer.parseInt(text.substring(field + 17, text.indexOf("\r\n", field + 2)).trim());
    }
}
