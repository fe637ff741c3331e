package dev.importonce.traffic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All connections. There can be only so many, but no number of them that just wait, trickle or are not read shuts anybody out: one of
 * these makes room for each new one.
 */
@ApplicationScoped
class Connections {
    /** So many are looked at for one that can make room. */
    private static final int LOOKED_AT = 64;

    private final Lines lines;
    private final Vertx vertx;
    private final int most;

    /** Those that were looked at last come last. */
    private final Set<Line> open = new LinkedHashSet<>();

    Connections(Lines lines, Vertx vertx, TrafficConfig config) {
        this.lines = lines;
        this.vertx = vertx;
most = Admission.connections(config);
    }

    void watch(@ObservesAsync HttpServerStart listening) {
        watch();
    }

    void watch(@ObservesAsync HttpsServerStart listening) {
        watch();
    }

    /** The server itself does not hand out what it listens with. */
    private void watch() {
        for (EventExecutor loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup())
            loop.execute(() -> ((SingleThreadEventLoop) loop)
                    .registeredChannelsIterator()
                    .forEachRemaining(channel -> {
                        if (channel instanceof ServerChannel
                                && channel.pipeline().get(Door.class) == null)
                            channel.pipeline().addFirst(new Door());
                    }));
    }

    int count() {
        synchronized (open) {
            return open.size();
        }
    }

    private boolean admit(Line line) {
        Optional<Line> leaving = Optional.empty();
        synchronized (open) {
            if (open.size() >= most) {
                leaving = idle();
                if (leaving.isEmpty()) return false;
                open.remove(leaving.get());
            }
            open.add(line);
        }
        leaving.ifPresent(Line::close);
        return true;
    }

    /** The first of those that are not in work. */
    private Optional<Line> idle() {
        List<Line> working = new ArrayList<>();
        Line found = null;
        for (Line line : open) {
            if (working.size() == LOOKED_AT) break;
            if (!line.isWorking()) {
                found = line;
                break;
            }
            working.add(line);
        }
        open.removeAll(working);
        open.addAll(working);
        return Optional.ofNullable(found);
    }

    private void forget(Line line) {
        synchronized (open) {
            open.remove(line);
        }
    }

    /** What a listening channel reads are connections. */
    private final class Door extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Channel channel = (Channel) message;
            Line line = new Line(lines, channel);
            if (!admit(line)) {
                // Not yet with any event loop.
                channel.unsafe().closeForcibly();
                return;
            }
            channel.closeFuture().addListener(closed -> forget(line));
            channel.pipeline().addLast(line);
            context.fireChannelRead(message);
        }
    }
}
