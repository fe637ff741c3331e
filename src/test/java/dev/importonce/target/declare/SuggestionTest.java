package dev.importonce.target.declare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.importonce.fixture.Targets;
import dev.importonce.target.type.Normaliser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final Target PEOPLE = Targets.withAttributes(
            "people",
            new Field("email", 254, SuggestionTest::mail, List.of("E-Mail-Adresse", "Почта")),
            Field.text("firstName", 50, "Vorname", "Prénom"),
            Field.text("phone", 50, "Tel"));

    @Test
    void a_column_is_known_by_its_name_in_any_spelling_and_language() {
        assertEquals(Map.of("email", "E-MAIL", "firstName", "First Name"), of(List.of("First Name", "E-MAIL")));
        assertEquals(Map.of("email", "e-mail adresse", "firstName", "prenom"), of(List.of("prenom", "e-mail adresse")));
        assertEquals(Map.of("email", "ПОЧТА", "phone", "Tel."), of(List.of("ПОЧТА", "Tel.")));
    }

    @Test
    void a_part_of_a_name_counts_only_if_no_column_has_it_whole() {
        assertEquals(Map.of("email", "Primary email"), of(List.of("Primary email", "Hotel")));
        assertEquals(Map.of("email", "Email"), of(List.of("Old email", "Email")));
    }

    @Test
    void the_natural_key_is_also_known_by_its_values() {
        List<List<String>> rows = List.of(List.of("1", "a@b.de"), List.of("2", ""), List.of("3", " c@d.de "));

        assertEquals(Map.of("email", "Kontakt"), Suggestion.of(PEOPLE, List.of("Nr", "Kontakt"), rows));
    }

    @Test
    void the_possible_natural_key_with_the_most_values_is_chosen() {
        List<List<String>> rows = List.of(List.of("a@b.de", "a@b.de", "c@d.de"), List.of("a@b.de", "", "e@f.de"));

        assertEquals(Map.of("email", "Mail C"), of(List.of("Mail A", "Mail B", "Mail C"), rows));
        assertEquals(Map.of("email", "Work e-mail"), of(List.of("Work e-mail", "Home e-mail", "Kontakt"), rows));
        assertEquals(Map.of("email", "E-Mail"), of(List.of("Почта", "E-Mail-Adresse", "E-Mail"), rows));
    }

    @Test
    void a_name_with_none_of_its_values_gives_way_to_values() {
        List<List<String>> rows = List.of(List.of("yes", "a@b.de"), List.of("no", ""));

        assertEquals(Map.of("email", "Kontakt"), of(List.of("E-Mail", "Kontakt"), rows));
        assertEquals(Map.of("email", "E-Mail"), of(List.of("E-Mail", "Notiz"), List.of(List.of("yes", "x"))));
    }

    @Test
    void what_is_somebody_elses_or_only_about_a_value_is_left_alone() {
        assertEquals(
                Map.of(), of(List.of("Owner Email", "Email type", "First name ID", "PhoneNr", "Phonetic first name")));
        assertEquals(
                Map.of("email", "Email 1 - Value"), of(List.of("Email 1 - Label", "Owner Email", "Email 1 - Value")));
    }

    @Test
    void a_field_that_is_called_so_finds_its_number_and_its_owner() {
        Target deals = Targets.of(
                "deals", Field.text("dealId", 50), Field.text("owner", 50, "Account owner"), Field.text("phase", 50));
        assertEquals(
                Map.of("dealId", "Our deal ID", "owner", "Deal: Account Owner"),
                Suggestion.of(deals, List.of("Phase ID", "Our deal ID", "Deal: Account Owner"), List.of()));
    }

    @Test
    void a_natural_key_of_any_text_is_not_recognised_by_its_values() {
        Target tags = Targets.of("tags", Field.text("tag", 50));
        List<List<String>> rows = List.of(List.of("red", "round"), List.of("blue", "square"));

        assertEquals(Map.of(), Suggestion.of(tags, List.of("Colour", "Shape"), rows));
        assertEquals(Map.of("tag", "Tag"), Suggestion.of(tags, List.of("Colour", "Tag"), rows));
    }

    @Test
    void a_column_that_could_not_be_mapped_is_not_suggested() {
        assertEquals(Map.of(), of(List.of("Email", "EMAIL", "")));
    }

    private static Map<String, String> of(List<String> columns) {
        return of(columns, List.of());
    }

    private static Map<String, String> of(List<String> columns, List<List<String>> rows) {
        return Suggestion.of(PEOPLE, columns, rows);
    }

    private static String mail(String value) throws Normaliser.Refused {
        if (!value.contains("@")) throw new Normaliser.Refused("email-without-at");
        return value;
    }
}
