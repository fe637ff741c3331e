package dev.importonce.target;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.json.StrictJson;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.target.declare.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
        for (String file : files) {
            try {
                for (JsonNode document : documents(file)) applied.add(apply(file, document));
            } catch (IOException | InvalidPathException e) {
                applied.add(new Applied(file, List.of("The file cannot be read: " + e.getMessage())));
            } catch (ProblemException e) {
                applied.add(new Applied(file, List.of(e.getMessage())));
            }
        }
        return applied;
    }

    private static List<JsonNode> documents(String file) throws IOException {
        JsonNode json = StrictJson.parse("file", Files.readAllBytes(Path.of(file.strip())));
        List<JsonNode> documents = new ArrayList<>();
        if (json.isArray()) json.forEach(documents::add);
        else documents.add(json);
        return documents;
    }

    private Applied apply(String file, JsonNode document) {
        String name = document.path("name").asText();
        List<Fault> faults = targets.declare(name, document).faults();
        return new Applied(
                name.isEmpty() ? file : name,
                faults.stream()
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
