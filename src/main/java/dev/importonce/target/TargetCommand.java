package dev.importonce.target;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.target.declare.Target;
import dev.importonce.target.declare.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.util.List;

/** {@code target list | discover <table> | apply <file>… | remove <name>}: the same as the endpoints, from a shell. */
@ApplicationScoped
public class TargetCommand {
    private final Targets targets;
    private final TargetFiles files;

    TargetCommand(Targets targets, TargetFiles files) {
        this.targets = targets;
        this.files = files;
    }

    /**
     * Runs one of them.
     *
     * @param args the words behind {@code target}, as {@code Command} has checked them
     * @return whether it was done
     */
    public boolean run(List<String> args, PrintStream out) {
        List<String> rest = args.subList(1, args.size());
        return switch (args.get(0)) {
            case "list" -> list(out);
            case "discover" -> discover(rest.get(0), out);
            case "apply" -> apply(rest, out);
            default -> remove(rest.get(0), out);
        };
    }

    private boolean list(PrintStream out) {
        for (Target target : targets.all())
            out.printf(
                    "%-24s %s%n",
                    target.name(), target.isOperators() ? target.declaration().table() : "a part of the service");
        return true;
    }

    private boolean discover(String table, PrintStream out) {
        Targets.Drafted drafted = targets.draft(table);
        drafted.faults().forEach(fault -> out.println(fault.detail()));
        if (drafted.discovery() == null) return false;
        JsonNode declaration = drafted.discovery().declaration();
        out.println(declaration.toPrettyString());
        drafted.discovery().notes().forEach(note -> System.err.println(note.english()));
        return true;
    }

    private boolean apply(List<String> paths, PrintStream out) {
        boolean all = true;
        for (TargetFiles.Applied applied : files.apply(paths)) {
            out.println(applied.name() + (applied.faults().isEmpty() ? " declared" : " not declared"));
            applied.faults().forEach(fault -> out.println("  " + fault));
            all &= applied.faults().isEmpty();
        }
        return all;
    }

    private boolean remove(String name, PrintStream out) {
        boolean removed = targets.remove(name);
        out.println(removed ? name + " removed" : "There is no target \"" + name + "\".");
        return removed;
    }
}
