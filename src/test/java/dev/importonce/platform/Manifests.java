package dev.importonce.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is in {@code deploy}, read strictly: what its kind does not have is an error, and so is what is there twice. */
final class Manifests {
    static final Path DEPLOY = Path.of("deploy");

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", io.fabric8.kubernetes.api.model.Service.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("batch/v1/CronJob", CronJob.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("serving.knative.dev/v1/Service", io.fabric8.knative.serving.v1.Service.class),
            Map.entry("kustomize.config.k8s.io/v1beta1/Kustomization", Kustomization.class),
            Map.entry("keda.sh/v1alpha1/ScaledObject", ScaledObject.class),
            Map.entry("run.googleapis.com/v1/Job", CloudRunJob.class));

    /** Fabric8's models keep unknown fields for later; here they are mistakes. */
    private static final JacksonAnnotationIntrospector NOTHING_ELSE = new JacksonAnnotationIntrospector() {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    };

    private static final ObjectMapper YAML = strict(new YAMLMapper());
    private static final ObjectMapper TOML = strict(new TomlMapper());
    private static final ObjectMapper JSON = strict(new ObjectMapper());

    private Manifests() {}

    /** Every file under a folder of {@code deploy} whose name ends so, in order. */
    static List<Path> files(String folder, String end) {
        try (Stream<Path> files = Files.walk(DEPLOY.resolve(folder))) {
            return files.filter(file -> Files.isRegularFile(file)
                            && file.getFileName().toString().endsWith(end))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T toml(Path file, Class<T> type) {
        return read(TOML, file, type);
    }

    static <T> T json(Path file, Class<T> type) {
        return read(JSON, file, type);
    }

    /** Names and values of a JSON object of texts. */
    static Map<String, String> settings(Path file) {
        Map<String, String> settings = new TreeMap<>();
        json(file, JsonNode.class)
                .properties()
                .forEach(field -> settings.put(field.getKey(), field.getValue().asText()));
        return settings;
    }

    static JsonNode yaml(Path file) {
        return read(YAML, file, JsonNode.class);
    }

    /** The objects of all YAML files under a folder. */
    static List<Found> objects(String folder) {
        List<Found> found = new ArrayList<>();
        for (Path file : files(folder, ".yaml")) found.addAll(objects(file));
        return found;
    }

    static List<Found> objects(Path file) {
        List<Found> found = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text(file))) {
            while (documents.hasNext()) found.add(object(file, documents.next()));
        } catch (IOException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
        return found;
    }

    private static Found object(Path file, JsonNode document) throws IOException {
        String kind = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        Class<?> type = KINDS.get(kind);
        if (type == null) throw new AssertionError(file + ": nobody checks a " + kind);
        return new Found(file, kind, document.path("metadata").path("name").asText(), YAML.treeToValue(document, type));
    }

    private static <T> T read(ObjectMapper mapper, Path file, Class<T> type) {
        try {
            return mapper.readValue(file.toFile(), type);
        } catch (IOException e) {
            throw new AssertionError(file + ": " + e.getMessage(), e);
        }
    }

    private static ObjectMapper strict(ObjectMapper mapper) {
        return mapper.setAnnotationIntrospector(NOTHING_ELSE)
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** @param kind with group and version */
    record Found(Path file, String kind, String name, Object object) {
        <T> Optional<T> as(Class<T> type) {
            return type.isInstance(object) ? Optional.of(type.cast(object)) : Optional.empty();
        }

        /** What makes its pods, where it makes some. */
        Optional<PodTemplateSpec> template() {
            if (object instanceof Deployment it) return Optional.of(it.getSpec().getTemplate());
            if (object instanceof Job it) return Optional.of(it.getSpec().getTemplate());
            if (object instanceof CronJob it)
                return Optional.of(it.getSpec().getJobTemplate().getSpec().getTemplate());
            return Optional.empty();
        }

        Optional<PodSpec> pod() {
            return template().map(PodTemplateSpec::getSpec);
        }

        List<Container> containers() {
            if (object instanceof io.fabric8.knative.serving.v1.Service it)
                return it.getSpec().getTemplate().getSpec().getContainers();
            if (object instanceof CloudRunJob it)
                return it.spec().template().spec().template().spec().containers();
            return pod().map(PodSpec::getContainers).orElse(List.of());
        }

        List<Volume> volumes() {
            if (object instanceof io.fabric8.knative.serving.v1.Service it)
                return it.getSpec().getTemplate().getSpec().getVolumes();
            return pod().map(PodSpec::getVolumes).orElse(List.of());
        }

        /** The containers that run this project's image. */
        List<Container> ours() {
            return containers().stream()
                    .filter(container -> container.getImage().matches("(.*/)?importonce(:.*)?"))
                    .toList();
        }

        @Override
        public String toString() {
            return file + " " + kind + " " + name;
        }
    }

    /** The fields of a kustomization that are used here. */
    record Kustomization(
            String apiVersion, String kind, List<String> resources, List<Image> images, List<Patch> patches) {
        record Image(String name, String newName, String newTag) {}

        record Patch(String patch) {}
    }

    /** KEDA 2, as its reference has it. */
    record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(
                Target scaleTargetRef,
                Integer pollingInterval,
                Integer cooldownPeriod,
                Integer initialCooldownPeriod,
                Integer idleReplicaCount,
                Integer minReplicaCount,
                Integer maxReplicaCount,
                Fallback fallback,
                List<Trigger> triggers) {}

        record Target(String apiVersion, String kind, String name, String envSourceContainerName) {}

        record Fallback(int failureThreshold, int replicas) {}

        record Trigger(String type, String name, String metricType, Prometheus metadata) {}

        record Prometheus(
                String serverAddress,
                String query,
                String threshold,
                String activationThreshold,
                String ignoreNullValues,
                String namespace) {}
    }

    /** A Job of Cloud Run, which is not one of Kubernetes. */
    record CloudRunJob(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
        record Spec(Execution template) {}

        record Execution(ExecutionSpec spec) {}

        record ExecutionSpec(Integer parallelism, Integer taskCount, Task template) {}

        record Task(TaskSpec spec) {}

        record TaskSpec(
                List<Container> containers, Integer maxRetries, String serviceAccountName, Integer timeoutSeconds) {}
    }
}
