package dev.importonce.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.importonce.fixture.Table;
import dev.importonce.source.block.FileRow;
import dev.importonce.source.format.FormatHint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published CSV acid tests: each file beside what it means, as JSON. */
class CsvSpectrumTest {
    private static final Path FOLDER = Path.of("src/test/resources/csv-spectrum");

    static Stream<String> names() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(FOLDER)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".csv"))
                    .map(name -> name.replace(".csv", ""))
                    .sorted()
                    .toList();
        }
        assertEquals(12, names.size());
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_file_is_read_as_it_is_meant_in_blocks_of_any_size(String name) throws IOException {
        byte[] csv = Files.readAllBytes(FOLDER.resolve(name + ".csv"));
        byte[] json = Files.readAllBytes(FOLDER.resolve(name + ".json"));
        List<Map<String, String>> meant = new ObjectMapper()
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .readValue(json, new TypeReference<>() {});
        meant.forEach(CsvSpectrumTest::agreed);
        for (int blockRows = 1; blockRows <= 3; blockRows++)
            assertEquals(meant, objects(Table.of(csv, FormatHint.NONE, blockRows)));
        assertEquals(meant, objects(Table.of(json, FormatHint.NONE, 2)));
    }

    private static List<Map<String, String>> objects(Table table) {
        List<Map<String, String>> objects = new ArrayList<>();
        for (FileRow row : table.rows()) {
            Map<String, String> object = new LinkedHashMap<>();
            for (int i = 0; i < row.cells().size(); i++)
                object.put(table.plan().header().get(i), row.cells().get(i));
            agreed(object);
            objects.add(object);
        }
        return objects;
    }

    /** In one pair of published files this number differs. */
    private static void agreed(Map<String, String> object) {
        object.remove("Contact Phone Number");
    }
}
