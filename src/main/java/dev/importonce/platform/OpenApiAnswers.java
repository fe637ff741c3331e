package dev.importonce.platform;

import dev.importonce.problem.Answers;
import dev.importonce.problem.Problem;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.IndexView;

/**
 * Joins META-INF/openapi.yaml and the annotations of the endpoints, only while the service is built. A parameter gets the
 * definition with its name in that file, an answer gets the example with the name of its schema, and each endpoint gets the
 * roles that it allows and the problems that its {@link Answers} names.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiAnswers implements OASFilter {
    private static final Set<ProblemType> OF_ALL =
            EnumSet.of(ProblemType.FORBIDDEN, ProblemType.NOT_ACCEPTABLE, ProblemType.INTERNAL_ERROR);
    private static final Set<ProblemType> OF_SIGNED_IN =
            EnumSet.of(ProblemType.UNAUTHENTICATED, ProblemType.UNAVAILABLE);
    private static final Set<ProblemType> OF_FILES = EnumSet.of(
            ProblemType.SLOW_SENDER,
            ProblemType.TOO_LARGE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            ProblemType.EMPTY_FILE,
            ProblemType.NO_DATA_ROWS,
            ProblemType.UNREADABLE_FILE,
            ProblemType.TOO_COMPLEX,
            ProblemType.TOO_SLOW,
            ProblemType.AMBIGUOUS_ENCODING,
            ProblemType.TOO_MANY_REQUESTS,
            ProblemType.BUSY);
    private static final Set<ProblemType> OF_IMPORTS = EnumSet.of(
            ProblemType.MALFORMED_REQUEST,
            ProblemType.NOT_FOUND,
            ProblemType.SOURCE_GONE,
            ProblemType.UNKNOWN_SHEET,
            ProblemType.UNKNOWN_COLUMN,
            ProblemType.DUPLICATE_HEADER,
            ProblemType.INVALID_MAPPING,
            ProblemType.INVALID_PARAMETER);

    /** Headers of every body, which the specification does not allow as parameters. */
    private static final Set<String> NO_PARAMETERS = Set.of("Content-Type", "Content-Length");

    /** Ids and times are written in place, so that generated clients have no types for them. */
    private static final Set<String> PLAIN = Set.of("Id", "Time");

    /** Problems by operation id. */
    private final Map<String, Set<ProblemType>> answers = new HashMap<>();

    private final OpenApiRoles roles;

    /** @param index of the service's classes */
    public OpenApiAnswers(IndexView index) {
        roles = new OpenApiRoles(index);
        for (AnnotationInstance said : index.getAnnotations(Answers.class)) {
            Set<ProblemType> problems = EnumSet.noneOf(ProblemType.class);
            for (String name : said.valueWithDefault(index, "value").asEnumArray())
                problems.add(ProblemType.valueOf(name));
            boolean ofImports = said.valueWithDefault(index, "ofImports").asBoolean();
            if (ofImports) problems.addAll(OF_IMPORTS);
            if (ofImports || said.valueWithDefault(index, "ofFiles").asBoolean()) problems.addAll(OF_FILES);
            AnnotationInstance operation = said.target().asMethod().annotation(Operation.class);
            answers.put(operation.value("operationId").asString(), problems);
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Components shared = api.getComponents();
        shared.getSchemas().forEach((name, schema) -> {
            if (schema.getProperties() == null) return;
            if (schema.getRequired() == null)
                schema.setRequired(
                        schema.getProperties().keySet().stream().sorted().toList());
            schema.setProperties(plain(shared, schema.getProperties()));
        });
        PLAIN.forEach(shared::removeSchema);
        shared.getResponses().values().forEach(response -> showExample(shared, response));
        api.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> {
                    RequestBody body = operation.getRequestBody();
                    if (body != null)
                        operation.setRequestBody(OASFactory.createRequestBody().ref(body.getRef()));
                    operation.setParameters(parameters(shared, operation.getParameters()));
                    operation.setSecurity(roles.of(operation.getOperationId()));
                    operation.getResponses().getAPIResponses().values().forEach(answer -> showExample(shared, answer));
                    problems(operation).forEach((status, types) -> operation
                            .getResponses()
                            .addAPIResponse(
                                    status, types.size() > 1 ? response(shared, types) : only(shared, types.get(0))));
                });
    }

    /** Problems by status, in the order of the catalogue. */
    private Map<String, List<ProblemType>> problems(org.eclipse.microprofile.openapi.models.Operation operation) {
        Set<ProblemType> all = EnumSet.copyOf(OF_ALL);
        if (!operation.getSecurity().isEmpty()) all.addAll(OF_SIGNED_IN);
        all.addAll(answers.getOrDefault(operation.getOperationId(), Set.of()));
        return all.stream()
                .collect(Collectors.groupingBy(
                        type -> String.valueOf(type.status()), TreeMap::new, Collectors.toList()));
    }

    /** If a status has only one type, it is described once for all endpoints. */
    private static APIResponse only(Components shared, ProblemType type) {
        if (!shared.getResponses().containsKey(word(type)))
            shared.addResponse(word(type), response(shared, List.of(type)));
        return OASFactory.createAPIResponse().ref(word(type));
    }

    private static APIResponse response(Components shared, List<ProblemType> types) {
        Map<String, Example> examples = new LinkedHashMap<>();
        for (ProblemType type : types) {
            complete(type, example(shared, word(type)));
            examples.put(word(type), OASFactory.createExample().ref(word(type)));
        }
        APIResponse response = OASFactory.createAPIResponse()
                .description(types.stream().map(ProblemType::title).collect(Collectors.joining(". ")))
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("Problem"))
                                        .examples(examples)));
        // This is the same for all types of a status.
        types.get(0)
                .headers()
                .keySet()
                .forEach(name ->
                        response.addHeader(name, OASFactory.createHeader().ref(name)));
        return response;
    }

    /** Fills in the properties that are the same in each problem of a type. */
    private static void complete(ProblemType type, Example example) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("type", type.uri().toString());
        whole.put("title", type.title());
        whole.put("status", type.status());
        ((Map<?, ?>) example.getValue()).forEach((name, value) -> whole.put((String) name, value));
        String code = Sentence.said((String) whole.get("detail")).code();
        whole.putIfAbsent("code", code == null ? word(type) : code);
        example.setValue(whole);
    }

    /** The properties, with ids and times written in place. */
    private static Map<String, Schema> plain(Components shared, Map<String, Schema> properties) {
        Map<String, Schema> plain = new LinkedHashMap<>(properties);
        plain.replaceAll((name, property) -> {
            boolean nullable = property.getAnyOf() != null;
            Schema said = nullable ? property.getAnyOf().get(0) : property;
            if (said.getRef() == null || !PLAIN.contains(name(said))) return property;
            Schema schema = OASFactory.createSchema()
                    .addType(Schema.SchemaType.STRING)
                    .format(shared.getSchemas().get(name(said)).getFormat());
            return nullable ? schema.addType(Schema.SchemaType.NULL) : schema;
        });
        return plain;
    }

    private static List<Parameter> parameters(Components shared, List<Parameter> own) {
        if (own == null) return null;
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : own) {
            if (NO_PARAMETERS.contains(parameter.getName())) continue;
            boolean known = shared.getParameters().containsKey(parameter.getName());
            parameters.add(known ? OASFactory.createParameter().ref(parameter.getName()) : parameter);
        }
        return parameters;
    }

    private static void showExample(Components shared, APIResponse response) {
        // Removes what the scanner has guessed: nothing else is allowed beside a reference.
        if (response.getRef() != null) response.description(null).setContent(null);
        Content content = response.getContent();
        if (content == null || !content.hasMediaType("application/json")) return;
        MediaType json = content.getMediaType("application/json");
        String name = name(json.getSchema());
        if (name.startsWith("Page")) json.setSchema(OASFactory.createSchema().ref(name = page(shared, name)));
        example(shared, name);
        json.addExample(name, OASFactory.createExample().ref(name));
    }

    /** Names a page after its items, and gives it an example with the example of an item. */
    private static String page(Components shared, String scanned) {
        Schema schema = shared.getSchemas().get(scanned);
        String item = name(schema.getProperties().get("items").getItems());
        String name = item + "Page";
        shared.addSchema(name, schema);
        shared.removeSchema(scanned);
        if (shared.getExamples().containsKey(name)) return name;
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", List.of(example(shared, item).getValue()));
        page.put("nextCursor", null);
        shared.addExample(name, OASFactory.createExample().value(page));
        return name;
    }

    private static Example example(Components shared, String name) {
        Example example = shared.getExamples().get(name);
        if (example == null) throw new IllegalStateException("META-INF/openapi.yaml has no example " + name);
        return example;
    }

    private static String name(Schema named) {
        return named.getRef().replaceFirst(".*/", "");
    }

    private static String word(ProblemType type) {
        return type.uri().toString().replaceFirst(".*:", "");
    }
}
