package dev.importonce.target;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.json.StrictJson;
import dev.importonce.problem.ProblemException;
import dev.importonce.target.declare.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Applies declarations from files: each has one of them, or a list. */
@ApplicationScoped
class TargetFiles {
    private final Targets targets;

    TargetFiles(Targets targets) {
        this.targets = targets;
    }

    /** Applies those that fit, and says what became of each, in the order of the files. */
    List<Applied> apply(List<String> files) {
        List<Applied> applied = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String file : files) {
            try {
                for (JsonNode document : documents(file)) applied.add(apply(file, document, names));
            } catch (IOException | InvalidPathException e) {
                applied.add(new Applied(file, List.of("The file cannot be read: " + e.getMessage())));
            } catch (ProblemException e) {
                applied.add(new Applied(file, List.of(e.getMessage())));
            }
        }
        return applied;
    }

    /** The declarations of a file. */
    static List<JsonNode> documents(String file) throws IOException {
        JsonNode json = StrictJson.parse("file", Files.readAllBytes(Path.of(file.strip())));
        List<JsonNode> documents = new ArrayList<>();
        if (json.isArray()) json.forEach(documents::add);
        else documents.add(json);
        return documents;
    }

    /** @param names those before: of two with one name, each start would replace one by the other */
    private Applied apply(String file, JsonNode document, Set<String> names) {
        String name = document.path("name").asText();
        if (!name.isEmpty() && !names.add(name))
            return new Applied(name, List.of("/name: These files declare " + name + " twice."));
        return new Applied(
                name.isEmpty() ? file : name,
                targets.declare(name, document).faults().stream()
                        .map(fault -> fault.pointer() + ": " + fault.detail())
                        .toList());
    }

    /**
     * What became of a declaration.
     *
     * @param name its name, or that of its file
     * @param faults why it was not applied; empty: it was
     */
    record Applied(String name, List<String> faults) {}
}
