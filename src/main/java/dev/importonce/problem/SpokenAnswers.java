package dev.importonce.problem;

import dev.importonce.words.Language;
import dev.importonce.words.Translated;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Says the sentences of answers in the language that the request asks for. */
class SpokenAnswers {
    @ServerResponseFilter
    public void speak(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof Translated answer) || !answer.speaks()) return;
        Language language = Language.of(
                request.getUriInfo().getQueryParameters().getFirst("locale"),
                request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
        response.getHeaders().putSingle(HttpHeaders.CONTENT_LANGUAGE, language.tag());
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        if (language != Language.EN) response.setEntity(answer.in(language));
    }
}
