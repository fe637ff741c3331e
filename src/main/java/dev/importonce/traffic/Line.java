package dev.importonce.traffic;

import dev.importonce.problem.ProblemException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.util.AttributeKey;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One connection, and whether its other end keeps up: with the head of a request, with its body while this side reads it, with the
 * answer. Time in which this side is the slow one does not count. All but {@link #works} happens on the connection's event loop.
 */
final class Line extends ChannelDuplexHandler {
    private static final AttributeKey<Line> KEY = AttributeKey.valueOf(Line.class, "line");

    /** Requests sent ahead of the answers to others; hardly anybody sends any. */
    private static final int MOST_AHEAD = 8;

    private static final int MOST_BYTES_AHEAD = 64 * 1024;
    private static final int LARGE_HEAD_BYTES = 16 * 1024;

    private final Lines lines;
    private final Channel channel;
    private final Pace head = new Pace();
    private final Pace body = new Pace();
    private final Pace answer = new Pace();
    private Future<?> checks;
    private long checkedAt;

    private boolean headBegun;
    private long headBytes;
    private boolean largeHead;

    private Messages messages;
    private int unanswered;
    private long bytesAhead;
    private boolean receiving;
    private boolean asksFirst;
    private boolean upload;
    private RoutingContext exchange;
    private Consumer<ProblemException> refusal;

    private long sent;
    private long taken;

    private volatile boolean working;

    Line(Lines lines, Channel channel) {
        this.lines = lines;
        this.channel = channel;
        channel.attr(KEY).set(this);
    }

    /** The one that a request came by; none where requests do not come by a network. */
    static Optional<Line> of(RoutingContext exchange) {
        return Optional.ofNullable(of(channel(exchange)));
    }

    /** Null when it has none. */
    static Line of(Channel channel) {
        return channel.attr(KEY).get();
    }

    static Channel channel(RoutingContext exchange) {
        return ((ConnectionBase) exchange.request().connection()).channel();
    }

    /** A request has been read up to its body. */
    void begins(RoutingContext request) {
        if (messages == null) {
            messages = new Messages(this);
            messages.install(channel);
            headEnds(Messages.asksFirst(request.request()));
        }
        exchange = request;
        refusal = why -> lines.refuse(request, why);
        upload = false;
    }

    /** From here on the request is in work, and does not make room for another. */
    void works() {
        working = true;
    }

    /** Its body is a large one, and it is ended by whoever has it in hand. */
    void uploads(Consumer<ProblemException> ending) {
        channel.eventLoop().execute(() -> {
            if (exchange == null) return;
            upload = true;
            refusal = ending;
        });
    }

    /** Whether a request is in work, not just on its way in or answered. */
    boolean isWorking() {
        return working;
    }

    /** Ends it here and now. The server's own way would first have all of an answer taken. */
    void close() {
        ChannelHandlerContext first = channel.pipeline().context(this);
        if (first != null) first.close();
    }

    void headEnds(boolean asks) {
        headBegun = false;
        headBytes = 0;
        endLargeHead();
        body.begin();
        receiving = true;
        asksFirst = asks;
        if (++unanswered > MOST_AHEAD) close();
    }

    void goesOn() {
        asksFirst = false;
    }

    void bodyMoves(int bytes, boolean last) {
        body.moved(bytes);
        if (last) receiving = false;
    }

    void answered() {
        unanswered--;
        working = false;
        exchange = null;
        if (unanswered == 0) bytesAhead = 0;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        checkedAt = System.nanoTime();
        long period = lines.periodNanos();
        checks = context.executor().scheduleAtFixedRate(this::check, period, period, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        checks.cancel(false);
        endLargeHead();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!receiving && message instanceof ByteBuf bytes) {
            if (unanswered > 0) bytesAhead += bytes.readableBytes();
            else {
                // Its bytes earn nothing: a head is whole within the grace.
                if (!headBegun) head.begin();
                headBegun = true;
                headBytes += bytes.readableBytes();
            }
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (headBegun && headBytes > LARGE_HEAD_BYTES && !largeHead) largeHead = lines.beginLargeHead();
        boolean tooLarge = headBegun && headBytes > LARGE_HEAD_BYTES && !largeHead;
        if (tooLarge || bytesAhead > MOST_BYTES_AHEAD) close();
        else context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) sent += bytes.readableBytes();
        else if (message instanceof FileRegion file) sent += file.count();
        context.write(message, promise);
    }

    private void endLargeHead() {
        if (largeHead) lines.endLargeHead();
        largeHead = false;
    }

    private void check() {
        long now = System.nanoTime();
        // A check that comes late slept itself: that is nobody's fault.
        long passed = Math.min(now - checkedAt, 2 * lines.periodNanos());
        checkedAt = now;
        checkAnswer(passed);
        if (receiving) checkBody(passed);
        else if (headBegun && lines.isTooSlow(head, passed)) close();
    }

    private void checkAnswer(long passed) {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        long left = queue == null ? 0 : queue.totalPendingWriteBytes();
        answer.moved(sent - left - taken);
        taken = sent - left;
        if (left == 0) answer.begin();
        else if (lines.isTooSlow(answer, passed)) close();
    }

    private void checkBody(long passed) {
        // Who asks whether to send waits for this side, and who is not read cannot send.
        if (asksFirst || !channel.config().isAutoRead()) return;
        boolean tooSlow = upload ? lines.isTooSlowUpload(body, passed) : lines.isTooSlow(body, passed);
        if (!tooSlow) return;
        boolean canBeTold =
                unanswered == 1 && exchange != null && !exchange.response().headWritten();
        if (canBeTold) refusal.accept(lines.tooSlow());
        else close();
    }
}
