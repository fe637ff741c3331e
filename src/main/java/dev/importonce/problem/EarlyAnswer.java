package dev.importonce.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers with a problem where no endpoint has been reached. */
@ApplicationScoped
public class EarlyAnswer {
    private final Json json;

    EarlyAnswer(Json json) {
        this.json = json;
    }

    /** Ends the exchange. */
    public void problem(RoutingContext exchange, ProblemException why) {
        exchange.response()
                .setStatusCode(why.type().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(json.write(why.problem()));
    }
}
