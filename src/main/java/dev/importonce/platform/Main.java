package dev.importonce.platform;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the service, or runs one of its commands. A wrong setting or argument ends the process with one sentence and exit
 * code 1.
 */
@QuarkusMain
public class Main {
    private static EmbeddedDatabase database;

    /** @param args nothing, or a {@link Command} and its arguments */
    public static void main(String... args) {
        try {
            Settings settings = Settings.read(args);
            if (settings.embedded()) database = EmbeddedDatabase.start(settings.dataDir());
            if (settings.command() == Command.SERVE) settings.connect(database);
            settings.apply(database);
            Quarkus.run(settings.command().application(), Main::exit, args);
        } catch (CannotStart e) {
            System.err.println(e.getMessage());
            exit(1);
        }
    }

    private static void exit(int code, Throwable failure) {
        if (failure != null) System.err.println("ImportOnce cannot start: " + reason(failure));
        exit(failure == null ? code : 1);
    }

    private static void exit(int code) {
        if (database != null) database.release();
        System.exit(code);
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) root = root.getCause();
        return root.getMessage() == null ? root.toString() : root.getMessage().strip();
    }

    /** Serves until it is told to stop. */
    public static class Serve implements QuarkusApplication {
        @Override
        public int run(String... args) {
            Quarkus.waitForExit();
            return 0;
        }
    }
}
