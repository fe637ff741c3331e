package dev.importonce.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A line between two programs that a test can cut, silence and mend. */
final class TcpProxy implements AutoCloseable {
    private final InetSocketAddress target;
    private final InetSocketAddress address;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();
    private final Object voice = new Object();
    private volatile Duration far = Duration.ZERO;
    private boolean silent;
    private ServerSocket listener;
    private Thread acceptor;

    TcpProxy(String host, int port) {
        target = new InetSocketAddress(host, port);
        listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = (InetSocketAddress) listener.getLocalSocketAddress();
    }

    int port() {
        return address.getPort();
    }

    /** Ends all connections; new ones are refused. */
    synchronized void cut() {
        close(listener);
        // Until its thread has left the listener, the address stays taken.
        join(acceptor);
        sockets.forEach(TcpProxy::close);
        sockets.clear();
    }

    /** Ends all connections; new ones are accepted and never hear a word. */
    synchronized void silence() {
        cut();
        setSilent(true);
        listen(address);
    }

    /** Nothing more gets through on the connections that there are, and neither end is told; new ones are as ever. */
    synchronized void forget() {
        forgotten.addAll(sockets);
    }

    /** New connections, one after another, take as long as to a far server. */
    void far(Duration connecting) {
        far = connecting;
    }

    /** Undoes {@link #cut} and {@link #silence}. */
    synchronized void mend() {
        setSilent(false);
        if (listener.isClosed()) listen(address);
    }

    @Override
    public void close() {
        mend();
        cut();
    }

    private void listen(InetSocketAddress where) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(where);
            listener = socket;
            acceptor = start(() -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                sockets.add(client);
                LockSupport.parkNanos(far.toNanos());
                Socket server = new Socket(target.getAddress(), target.getPort());
                sockets.add(server);
                start(() -> pump(client, server));
                start(() -> pump(server, client));
            } catch (IOException e) {
                // Cut.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitVoice();
                if (!forgotten.contains(from)) out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // Cut, or one side is gone.
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void setSilent(boolean is) {
        synchronized (voice) {
            silent = is;
            voice.notifyAll();
        }
    }

    private void awaitVoice() throws IOException {
        synchronized (voice) {
            try {
                while (silent) voice.wait();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
