package dev.importonce.target.declare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckRulesTest {
    @Test
    void a_list_of_texts_is_an_enumeration() {
        CheckRules rules = new CheckRules(List.of(
                "CHECK ((status = ANY (ARRAY['active'::text, 'it''s, old'::text])))",
                "CHECK (((code)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))",
                "CHECK ((\"Gr\u00f6\u00dfe\" = ANY (ARRAY['S'::bpchar, 'M'::bpchar])))"));
        assertEquals(List.of("active", "it's, old"), rules.values("status"));
        assertEquals(List.of("a", "b"), rules.values("code"));
        assertEquals(List.of("S", "M"), rules.values("Gr\u00f6\u00dfe"));
        assertEquals(List.of(), rules.others());
    }

    @Test
    void bounds_are_bounds() {
        CheckRules rules = new CheckRules(List.of(
                "CHECK ((price >= (0)::numeric))",
                "CHECK (((age >= 0) AND (age <= 150)))",
                "CHECK ((low >= '-5'::integer)) NOT VALID"));
        assertEquals(Optional.of("0"), rules.min("price"));
        assertEquals(Optional.empty(), rules.max("price"));
        assertEquals(Optional.of("0"), rules.min("age"));
        assertEquals(Optional.of("150"), rules.max("age"));
        assertEquals(Optional.of("-5"), rules.min("low"));
        assertEquals(List.of(), rules.others());
    }

    @Test
    void any_other_condition_stays_the_databases() {
        List<String> conditions = List.of(
                "(price > (0)::numeric)",
                "(a >= b)",
                "((age >= 0) OR (age <= 150))",
                "((age >= 0) AND valid(age))",
                "(status = ANY (ARRAY['a'::text, lower('B'::text)]))",
                "(lower(status) = ANY (ARRAY['a'::text]))",
                "(status <> ''::text)");
        CheckRules rules = new CheckRules(
                conditions.stream().map(each -> "CHECK (" + each + ")").toList());
        assertEquals(conditions, rules.others());
        assertEquals(List.of(), rules.values("status"));
        assertEquals(Optional.empty(), rules.min("age"));
    }
}
