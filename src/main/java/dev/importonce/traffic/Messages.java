package dev.importonce.traffic;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.VertxHandler;

/** Tells a {@link Line} where requests and answers begin and end. */
final class Messages extends ChannelDuplexHandler {
    private final Line line;

    Messages(Line line) {
        this.line = line;
    }

    /** In front of the server's own handler, where messages are whole. */
    void install(Channel channel) {
        String server = channel.pipeline().context(VertxHandler.class).name();
        channel.pipeline().addBefore(server, null, this);
    }

    /** Whether the sender waits for a word before it sends the body. */
    static boolean asksFirst(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.EXPECT);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message == LastHttpContent.EMPTY_LAST_CONTENT) line.bodyMoves(0, true);
        else {
            if (message instanceof HttpRequest request) line.headEnds(HttpUtil.is100ContinueExpected(request));
            if (message instanceof HttpContent part)
                line.bodyMoves(part.content().readableBytes(), part instanceof LastHttpContent);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean more =
                message instanceof HttpResponse answer && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (more) line.goesOn();
        else if (message instanceof LastHttpContent) line.answered();
        context.write(message, promise);
    }
}
