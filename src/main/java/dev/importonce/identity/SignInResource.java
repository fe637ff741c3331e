package dev.importonce.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells how people sign in; needs no token. */
@Path("/api/sign-in")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operation")
@PermitAll
class SignInResource {
    private final SignIn how;

    SignInResource(
            Tokens tokens,
            @ConfigProperty(name = "supabase.url") Optional<String> url,
            @ConfigProperty(name = "supabase.anon-key") Optional<String> anonKey) {
        boolean required = tokens.required();
        how = new SignIn(required, required ? url.orElse(null) : null, required ? anonKey.orElse(null) : null);
    }

    @GET
    @Operation(
            operationId = "getSignIn",
            summary = "Whether callers need a token, and where people get one for e-mail and password")
    public SignIn read() {
        return how;
    }

    /**
     * @param required whether every other call needs a bearer token
     * @param supabaseUrl URL of the project that issues tokens; null when people can sign in only with a token
     * @param supabaseAnonKey the value of {@code apikey} for that project; it is public
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SignIn(
            boolean required,
            @Schema(nullable = true) String supabaseUrl,
            @Schema(nullable = true) String supabaseAnonKey) {}
}
