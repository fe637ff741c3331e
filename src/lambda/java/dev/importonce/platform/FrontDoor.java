package dev.importonce.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/**
 * Handles the three kinds of events: a request of a function URL or an HTTP API (payload format 2.0), a scheduled request,
 * or the migrations. The last two are recognised by their {@code routeKey}. For requests from outside, AWS writes it; to
 * choose it, a caller needs the permission to invoke the function itself.
 */
@Decorator
@Priority(1)
class FrontDoor implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private static final String SCHEDULE = "schedule";
    private static final String MIGRATE = "migrate";
    private static final int FIRST_ERROR = 400;

    private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> http;
    private final Payload payload;
    private final Flyway flyway;
    private final Optional<String> cronSecret;

    @Inject
    FrontDoor(
            @Delegate RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> http,
            Payload payload,
            Flyway flyway,
            @ConfigProperty(name = "cron.secret") Optional<String> cronSecret) {
        this.http = http;
        this.payload = payload;
        this.flyway = flyway;
        this.cronSecret = cronSecret;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        if (MIGRATE.equals(event.getRouteKey())) return migrate();
        if (!isRequest(event))
            throw new IllegalArgumentException("Neither a request in payload format 2.0 nor one of our own events.");
        if (SCHEDULE.equals(event.getRouteKey())) return scheduled(event, context);
        return payload.passes(event) ? payload.fit(event, http.handleRequest(event, context)) : payload.refusal();
    }

    /**
     * Adds the secret here, so that the schedule need not know it. An error answer makes the invocation fail, so that
     * operators see it and can set an alarm.
     */
    private APIGatewayV2HTTPResponse scheduled(APIGatewayV2HTTPEvent event, Context context) {
        event.setHeaders(Map.of("Authorization", "Bearer " + cronSecret.orElse("")));
        APIGatewayV2HTTPResponse response = http.handleRequest(event, context);
        if (response.getStatusCode() >= FIRST_ERROR)
            throw new IllegalStateException(
                    event.getRawPath() + " was answered " + response.getStatusCode() + ": " + response.getBody());
        return response;
    }

    private APIGatewayV2HTTPResponse migrate() {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(200)
                .withHeaders(Map.of("Content-Type", "text/plain"))
                .withBody(Migrate.migrate(flyway))
                .build();
    }

    private static boolean isRequest(APIGatewayV2HTTPEvent event) {
        return event.getRawPath() != null
                && event.getRequestContext() != null
                && event.getRequestContext().getHttp() != null
                && event.getRequestContext().getHttp().getMethod() != null;
    }
}
