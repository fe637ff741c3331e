package dev.importonce.platform;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A CloudFormation template in deploy/lambda; {@code !Sub x} is read as {@code {"Fn::Sub": x}}. */
record LambdaTemplate(Path file, Map<?, ?> content) {
    static final Path FOLDER = Path.of("deploy/lambda");

    private static final Set<String> WITHOUT_PREFIX = Set.of("Ref", "Condition");

    /** The one of that name. */
    static LambdaTemplate read(String name) {
        Path file = FOLDER.resolve(name);
        try (Reader reader = Files.newBufferedReader(file)) {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            return new LambdaTemplate(file, new Yaml(new Tags(options)).load(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events that the schedules of the service send, as they are sent. */
    static List<String> scheduled() {
        return read("template.yaml").of("AWS::Scheduler::Schedule").stream()
                .map(schedule -> (String) at(schedule, "Target", "Input"))
                .toList();
    }

    Map<?, ?> resources() {
        return (Map<?, ?>) content.get("Resources");
    }

    /** The properties of all resources of a type. */
    List<Map<?, ?>> of(String type) {
        List<Map<?, ?>> found = new ArrayList<>();
        for (Object resource : resources().values())
            if (type.equals(at(resource, "Type"))) found.add((Map<?, ?>) at(resource, "Properties"));
        return found;
    }

    /** What its function has in its environment. */
    Map<?, ?> environment() {
        return (Map<?, ?>) at(function(), "Environment", "Variables");
    }

    /** Its one function. */
    Map<?, ?> function() {
        List<Map<?, ?>> functions = of("AWS::Serverless::Function");
        if (functions.size() != 1) throw new AssertionError(file + " has functions: " + functions.size());
        return functions.get(0);
    }

    /** What lies under these keys; null when one of them is not there. */
    static Object at(Object start, String... keys) {
        Object here = start;
        for (String key : keys) here = here == null ? null : ((Map<?, ?>) here).get(key);
        return here;
    }

    /** All texts in it, at any depth. */
    static List<String> texts(Object value) {
        if (value instanceof Map<?, ?> map)
            return map.values().stream().flatMap(one -> texts(one).stream()).toList();
        if (value instanceof Collection<?> list)
            return list.stream().flatMap(one -> texts(one).stream()).toList();
        return value == null ? List.of() : List.of(value.toString());
    }

    private static final class Tags extends SafeConstructor {
        Tags(LoaderOptions options) {
            super(options);
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    String tag = node.getTag().getValue().substring(1);
                    return Map.of(WITHOUT_PREFIX.contains(tag) ? tag : "Fn::" + tag, value(node));
                }
            });
        }

        private Object value(Node node) {
            if (node instanceof ScalarNode scalar) return scalar.getValue();
            if (node instanceof SequenceNode sequence) return constructSequence(sequence);
            return constructMapping((MappingNode) node);
        }
    }
}
