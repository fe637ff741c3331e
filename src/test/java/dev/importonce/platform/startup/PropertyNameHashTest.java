package dev.importonce.platform.startup;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.PropertyName;
import io.smallrye.config.SmallRyeConfig;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over the names of this very application: those with a {@code *} are the defaults of what a user may name. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class PropertyNameHashTest {
    private final SmallRyeConfig config;

    PropertyNameHashTest(SmallRyeConfig config) {
        this.config = config;
    }

    @Test
    void a_name_finds_every_default_that_it_is_equal_to() throws ReflectiveOperationException {
        List<String> defaults = defaultsWithStar();
        List<String> names = new ArrayList<>(defaults);
        config.getPropertyNames().forEach(names::add);
        for (String name : defaults) {
            names.add(name.replace("[*]", "[10]").replace("*", "one"));
            names.add(name.replace("[*]", "[0]").replace("*", "\"dev.importonce[1].\""));
        }
        int found = 0;
        for (String name : names)
            for (String other : defaults)
                if (PropertyName.equals(name, other)) {
                    found++;
                    assertEquals(
                            PropertyNameHash.hashCode(other),
                            PropertyNameHash.hashCode(name),
                            () -> name + " and " + other);
                }
        assertTrue(found >= 3 * defaults.size(), found + " pairs of equals");
    }

    @Test
    void the_defaults_spread_over_many_buckets() throws ReflectiveOperationException {
        List<String> defaults = defaultsWithStar();
        Map<Integer, Long> buckets = defaults.stream().collect(groupingBy(PropertyNameHash::hashCode, counting()));
        long fullest = Collections.max(buckets.values());
        assertTrue(fullest <= defaults.size() / 4, fullest + " of " + defaults.size() + " in one bucket");
    }

    @ParameterizedTest
    @CsvSource({
        "foo, *",
        "foo.bar, foo.*",
        "foo.bar, *.bar",
        "foo.\"b.a[r\".baz, foo.*.baz",
        "foo[0].bar, foo[*].bar",
        "quarkus.foo[12].bar, quarkus.foo[*].*"
    })
    void equal_names_have_one_hash(String name, String other) {
        assertTrue(PropertyName.equals(name, other));
        assertEquals(PropertyNameHash.hashCode(name), PropertyNameHash.hashCode(other));
    }

    private List<String> defaultsWithStar() throws ReflectiveOperationException {
        Field wildcards = DefaultValuesConfigSource.class.getDeclaredField("wildcards");
        wildcards.setAccessible(true);
        List<String> names = new ArrayList<>();
        for (var source : config.getConfigSources(DefaultValuesConfigSource.class))
            for (Object name : ((Map<?, ?>) wildcards.get(source)).keySet()) names.add(name.toString());
        assertTrue(names.size() > 50, names.size() + " defaults with a star");
        return names;
    }
}
