package dev.importonce.job.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The claim models and the statements it stands for; whether it holds is for src/model/check.sh to say. */
class ClaimModelTest {
    private static final List<Path> MODELS =
            List.of(Path.of("src/model/claims.pml"), Path.of("src/model/undo.pml"), Path.of("src/model/sending.pml"));
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern NAME = Pattern.compile("\\b([A-Z]\\w+)\\.([A-Z][A-Z_]+)\\b");
    private static final Pattern STATEMENT =
            Pattern.compile("static final (?:String|Template) ([A-Z_]+)\\s*=\\s*(?:new Template\\()?\"");

    /** Where a claim begins, lives and ends: each of their statements is a step of the model. */
    private static final List<String> MODELLED = List.of(
            "ChunkClaims",
            "Checkpoint",
            "EndJob",
            "ChunkTransaction",
            "UndoJob",
            "UndoCheckpoint",
            "BeforeImages",
            "SendClaims");

    @Test
    void every_statement_that_the_model_names_exists() throws IOException {
        Set<String> missing = new TreeSet<>(named());
        assertTrue(missing.size() > MODELLED.size(), "the model names no statements");
        for (String type : types()) missing.removeAll(statementsOf(type));
        assertEquals(Set.of(), missing);
    }

    @Test
    void every_statement_about_claims_is_in_the_model() throws IOException {
        Set<String> unknown = new TreeSet<>();
        for (String type : MODELLED) unknown.addAll(statementsOf(type));
        unknown.removeAll(named());
        assertEquals(Set.of(), unknown);
    }

    private static Set<String> named() throws IOException {
        return matches(NAME, models(), name -> name.group());
    }

    private static Set<String> types() throws IOException {
        return matches(NAME, models(), name -> name.group(1));
    }

    private static String models() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path model : MODELS) text.append(Files.readString(model));
        return text.toString();
    }

    private static Set<String> statementsOf(String type) throws IOException {
        return matches(STATEMENT, source(type), statement -> type + "." + statement.group(1));
    }

    private static String source(String type) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> found =
                    files.filter(file -> file.endsWith(type + ".java")).toList();
            assertEquals(1, found.size(), () -> type + ": " + found);
            return Files.readString(found.get(0));
        }
    }

    private static Set<String> matches(Pattern pattern, String text, Function<MatchResult, String> name) {
        return new TreeSet<>(pattern.matcher(text).results().map(name).toList());
    }
}
