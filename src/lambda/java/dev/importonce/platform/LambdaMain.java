package dev.importonce.platform;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The main class of the native package, instead of {@link Main}: it listens on no port and has no commands; migrations are
 * started by an event.
 */
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
