package dev.importonce.platform;

import io.quarkus.runtime.QuarkusApplication;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The command with which the process was started. */
enum Command {
    /** No command: starts the service. */
    SERVE(Main.Serve.class),
    MIGRATE(Migrate.class),
    DOCTOR(RunDoctor.class),
    DEDUPE(RunDedupe.class),
    TARGET(RunTarget.class);

    static final String APPLY = "--apply";

    /** What belongs to the service; anything else is a declared target. */
    static final Set<String> DEDUPED = Set.of("contacts", "chats", "jobs");

    private final Class<? extends QuarkusApplication> application;

    Command(Class<? extends QuarkusApplication> application) {
        this.application = application;
    }

    Class<? extends QuarkusApplication> application() {
        return application;
    }

    /** The command of the arguments, whose other arguments are checked. */
    static Command of(List<String> args) {
        if (args.isEmpty()) return SERVE;
        Command command = Arrays.stream(values())
                .filter(known -> known != SERVE && known.word().equals(args.get(0)))
                .findFirst()
                .orElseThrow(
                        () -> new CannotStart("Unknown command \"" + args.get(0) + "\"; known are: " + known() + "."));
        List<String> rest = args.subList(1, args.size());
        if (command == TARGET) checkTarget(rest);
        else if (command != DEDUPE && !rest.isEmpty())
            throw new CannotStart(
                    "The command " + command.word() + " takes no arguments, not \"" + rest.get(0) + "\".");
        boolean deduped = rest.size() == 1 || rest.size() == 2 && rest.get(1).equals(APPLY);
        if (command == DEDUPE && !(deduped && !rest.get(0).startsWith("-")))
            throw new CannotStart(
                    "Say what to clean up: dedupe contacts, dedupe chats, dedupe jobs, or dedupe and the name or the file of a"
                            + " declaration, such as products.json; with " + APPLY
                            + " behind it, it is done, else only shown.");
        return command;
    }

    private static void checkTarget(List<String> rest) {
        String verb = rest.isEmpty() ? "" : rest.get(0);
        boolean complete =
                switch (verb) {
                    case "list" -> rest.size() == 1;
                    case "discover", "remove" -> rest.size() == 2;
                    case "apply" -> rest.size() > 1;
                    default -> false;
                };
        if (!complete)
            throw new CannotStart(
                    "Say what to do: target list, target discover <table>, target apply <file>…, or target remove <name>.");
    }

    private String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String known() {
        return Arrays.stream(values())
                .filter(known -> known != SERVE)
                .map(Command::word)
                .collect(Collectors.joining(", "));
    }
}
