package dev.importonce.http;

import dev.importonce.json.Json;
import dev.importonce.problem.Problem;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Language;
import dev.importonce.words.Sentence;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers requests that are refused before an endpoint is matched: because of an invalid Host header, an invalid token, or a
 * body that arrives too slowly.
 */
@ApplicationScoped
class EarlyFailures {
    private final Json json;

    EarlyFailures(Json json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        // The first of all failure handlers, since Quarkus' own handler would answer with a server error and the name
        // of the exception.
        router.route().order(Integer.MIN_VALUE).failureHandler(exchange -> {
            if (exchange.failure() instanceof ProblemException e) answer(exchange, e);
            else if (exchange.statusCode() == ProblemType.MALFORMED_REQUEST.status()) answer(exchange, noHost());
            else exchange.next();
        });
    }

    private static ProblemException noHost() {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, Sentence.of("host-not-valid"));
    }

    private void answer(RoutingContext exchange, ProblemException refusal) {
        refusal.type().headers().forEach(exchange.response()::putHeader);
        Language language = Language.of(
                exchange.queryParams().get("locale"), exchange.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        exchange.response()
                .setStatusCode(refusal.type().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .end(Buffer.buffer(json.write(refusal.problem().in(language))));
    }
}
