package dev.importonce.platform;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** What {@link Main} is elsewhere, for the native package: no port to listen on, no commands; the migrations are an event. */
@QuarkusMain(name = "lambda")
class LambdaMain {
    public static void main(String... args) {
        try {
            Settings.read().connect(null);
            Quarkus.run(args);
        } catch (CannotStart e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
