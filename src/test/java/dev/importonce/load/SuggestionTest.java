package dev.importonce.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final Target PEOPLE = new Target(
            "people",
            List.of(
                    new Field("email", 254, SuggestionTest::mail, List.of("E-Mail-Adresse", "Почта")),
                    Field.text("firstName", 50, "Vorname", "Prénom"),
                    Field.text("phone", 50, "Tel")),
            1,
            true,
            "",
            "",
            "",
            "",
            "",
            null,
            null);

    @Test
    void a_column_is_known_by_its_name_in_any_spelling_and_language() {
        assertEquals(Map.of("email", "E-MAIL", "firstName", "First Name"), of(List.of("First Name", "E-MAIL")));
        assertEquals(Map.of("email", "e-mail adresse", "firstName", "prenom"), of(List.of("prenom", "e-mail adresse")));
        assertEquals(Map.of("email", "ПОЧТА", "phone", "Tel."), of(List.of("ПОЧТА", "Tel.")));
    }

    @Test
    void a_name_that_is_part_of_another_counts_only_when_no_column_has_it_whole() {
        assertEquals(Map.of("email", "Primary email"), of(List.of("Primary email", "Hotel")));
        assertEquals(Map.of("email", "Email"), of(List.of("Old email", "Email")));
    }

    @Test
    void the_natural_key_is_also_known_by_its_values() {
        List<List<String>> rows = List.of(List.of("1", "a@b.de"), List.of("2", ""), List.of("3", " c@d.de "));

        assertEquals(Map.of("email", "Kontakt"), Suggestion.of(PEOPLE, List.of("Nr", "Kontakt"), rows));
    }

    @Test
    void a_natural_key_that_any_text_can_be_is_not_known_by_its_values() {
        Target tags = new Target("tags", List.of(Field.text("tag", 50)), 1, false, "", "", "", "", "", null, null);
        List<List<String>> rows = List.of(List.of("red", "round"), List.of("blue", "square"));

        assertEquals(Map.of(), Suggestion.of(tags, List.of("Colour", "Shape"), rows));
        assertEquals(Map.of("tag", "Tag"), Suggestion.of(tags, List.of("Colour", "Tag"), rows));
    }

    @Test
    void a_column_that_could_not_be_mapped_is_not_suggested() {
        assertEquals(Map.of(), of(List.of("Email", "EMAIL", "")));
    }

    private static Map<String, String> of(List<String> columns) {
        return Suggestion.of(PEOPLE, columns, List.of());
    }

    private static String mail(String value) throws Normaliser.Refused {
        if (!value.contains("@")) throw new Normaliser.Refused("has no @");
        return value;
    }
}
