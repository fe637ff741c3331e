package dev.importonce.queue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The spans of work. The trace of the request that asks for work is kept with the work, so that whoever does it continues
 * this trace, in whichever process and however much later.
 */
@ApplicationScoped
public class Traces {
    /** Of W3C Trace Context. */
    private static final String HEADER = "traceparent";

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final Tracer tracer;
    private final boolean off;

    Traces(Tracer tracer, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
        this.tracer = tracer;
        this.off = off;
    }

    /** The trace of the current request as in the header {@code traceparent}; null: none, or traces are switched off. */
    public String current() {
        if (off) return null;
        Map<String, String> headers = new HashMap<>();
        W3C.inject(Context.current(), headers, Map::put);
        return headers.get(HEADER);
    }

    /**
     * Begins a span, for the caller to end. It is a part of the trace of the request that asked for the work, if there is
     * one, and is linked with what runs at this moment, such as a cron call; otherwise it is a part of the latter.
     *
     * @param queue of the work
     * @param action what is done, a word
     * @param subject the id of the job or message
     * @param traceparent as {@link #current} gave it; null or malformed: none
     */
    public Span begin(String queue, String action, UUID subject, String traceparent) {
        if (off) return Span.getInvalid();
        var span = tracer.spanBuilder(queue + " " + action).setAttribute("importonce." + queue, subject.toString());
        Context asked = W3C.extract(Context.root(), traceparent, Stored.HEADERS);
        if (Span.fromContext(asked).getSpanContext().isValid())
            span.setParent(asked).addLink(Span.current().getSpanContext());
        return span.startSpan();
    }

    /** A stored text as the only header of a request. */
    private enum Stored implements TextMapGetter<String> {
        HEADERS;

        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(HEADER);
        }

        @Override
        public String get(String traceparent, String header) {
            return header.equals(HEADER) ? traceparent : null;
        }
    }
}
