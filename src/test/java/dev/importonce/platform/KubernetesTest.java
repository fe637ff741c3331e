package dev.importonce.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Kubernetes, Knative and Cloud Run take what is in deploy, and it hangs together. */
class KubernetesTest {
    private static final List<Manifests.Found> ALL = Stream.of("kubernetes", "knative")
            .flatMap(folder -> Manifests.objects(folder).stream())
            .toList();
    private static final List<Manifests.Found> RUN = Stream.concat(
                    ALL.stream(),
                    Stream.of("service.yaml", "migrate-job.yaml")
                            .flatMap(file ->
                                    Manifests.objects(Manifests.DEPLOY
                                                    .resolve("cloud-run")
                                                    .resolve(file))
                                            .stream()))
            .toList();

    /** Ten seconds are promised; a platform must not kill before that. */
    private static final long GRACE = 15;

    @Test
    void everything_is_there() {
        Set<String> kinds = new TreeSet<>();
        RUN.forEach(found -> kinds.add(found.kind()));
        assertEquals(
                Set.of(
                        "apps/v1/Deployment",
                        "autoscaling/v2/HorizontalPodAutoscaler",
                        "batch/v1/CronJob",
                        "batch/v1/Job",
                        "keda.sh/v1alpha1/ScaledObject",
                        "kustomize.config.k8s.io/v1beta1/Kustomization",
                        "networking.k8s.io/v1/NetworkPolicy",
                        "policy/v1/PodDisruptionBudget",
                        "run.googleapis.com/v1/Job",
                        "serving.knative.dev/v1/Service",
                        "v1/ConfigMap",
                        "v1/Service"),
                kinds);
    }

    @Test
    void no_pod_runs_as_root_has_spare_rights_or_writes_to_its_root() {
        List<Manifests.Found> pods =
                ALL.stream().filter(found -> !found.containers().isEmpty()).toList();
        assertTrue(pods.size() >= 6, pods::toString);
        for (Manifests.Found found : pods) {
            PodSpec pod = found.pod().orElse(null);
            if (pod != null) assertFalse(pod.getAutomountServiceAccountToken(), found::toString);
            for (Container container : found.containers()) {
                SecurityContext its = container.getSecurityContext();
                assertFalse(its.getAllowPrivilegeEscalation(), found::toString);
                assertTrue(its.getReadOnlyRootFilesystem(), found::toString);
                assertEquals(List.of("ALL"), its.getCapabilities().getDrop(), found::toString);
                assertNull(its.getPrivileged(), found::toString);
                boolean nobody = pod == null
                        ? its.getRunAsNonRoot()
                        : pod.getSecurityContext().getRunAsNonRoot();
                assertTrue(nobody, found::toString);
                assertEquals(
                        "RuntimeDefault",
                        (pod == null
                                        ? its.getSeccompProfile()
                                        : pod.getSecurityContext().getSeccompProfile())
                                .getType(),
                        found::toString);
                assertTrue(container.getResources().getLimits().containsKey("memory"), found::toString);
                Map<String, Quantity> requests = container.getResources().getRequests();
                assertTrue(requests.keySet().containsAll(Set.of("cpu", "memory")), found::toString);
            }
        }
    }

    @Test
    void whoever_may_not_write_to_the_root_has_a_tmp() {
        for (Manifests.Found found : ALL)
            for (Container container : found.ours()) {
                VolumeMount tmp = container.getVolumeMounts().stream()
                        .filter(mount -> mount.getMountPath().equals("/tmp"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(found + " has no /tmp"));
                assertTrue(
                        found.volumes().stream()
                                .anyMatch(volume ->
                                        volume.getName().equals(tmp.getName()) && volume.getEmptyDir() != null),
                        found::toString);
            }
    }

    @Test
    void what_serves_has_probes_and_enough_time_to_shut_down() {
        int serving = 0;
        for (Manifests.Found found : RUN)
            for (Container container : found.ours()) {
                if (!container.getArgs().isEmpty()) continue;
                serving++;
                assertEquals(
                        List.of(8080),
                        container.getPorts().stream()
                                .map(ContainerPort::getContainerPort)
                                .toList(),
                        found::toString);
                assertEquals(
                        "/q/health/live",
                        container.getLivenessProbe().getHttpGet().getPath(),
                        found::toString);
                boolean cloudRun = found.file().startsWith("deploy/cloud-run");
                if (!cloudRun)
                    assertEquals(
                            "/q/health/ready",
                            container.getReadinessProbe().getHttpGet().getPath(),
                            found::toString);
                if (found.object() instanceof Deployment) {
                    assertEquals(
                            "/q/health/live",
                            container.getStartupProbe().getHttpGet().getPath());
                    assertTrue(found.pod().orElseThrow().getTerminationGracePeriodSeconds() >= GRACE, found::toString);
                }
                if (found.object() instanceof io.fabric8.knative.serving.v1.Service service)
                    assertTrue(service.getSpec().getTemplate().getSpec().getTimeoutSeconds() >= GRACE, found::toString);
            }
        assertEquals(4, serving);
    }

    @Test
    void instances_that_come_and_go_with_the_calls_have_no_workers() {
        Map<String, String> workers = new java.util.TreeMap<>();
        for (Manifests.Found found : RUN)
            for (Container container : found.ours())
                if (container.getArgs().isEmpty())
                    workers.put(
                            found.file().getParent().getFileName() + "/" + found.name(),
                            container.getEnv().stream()
                                    .filter(env -> env.getName().equals("IMPORTONCE_WORKERS"))
                                    .map(EnvVar::getValue)
                                    .findFirst()
                                    .orElseThrow());
        assertEquals(
                Map.of(
                        "base/importonce-web", "0",
                        "base/importonce-worker", "2",
                        "cloud-run/importonce", "0",
                        "knative/importonce", "0"),
                workers);
    }

    @Test
    void commands_are_ones_that_there_are() {
        List<String> commands = new ArrayList<>();
        for (Manifests.Found found : RUN)
            for (Container container : found.ours()) {
                assertTrue(container.getCommand().isEmpty(), found + ": the image's entry point is what is tested");
                if (container.getArgs().isEmpty()) continue;
                Command.of(container.getArgs());
                commands.addAll(container.getArgs());
            }
        assertEquals(List.of("migrate", "migrate"), commands);
    }

    @Test
    void what_names_another_object_finds_it() {
        for (String folder : List.of("kubernetes/base")) {
            List<Manifests.Found> objects = Manifests.objects(folder);
            for (Manifests.Found found : objects) {
                found.as(HorizontalPodAutoscaler.class)
                        .ifPresent(it ->
                                deployment(it.getSpec().getScaleTargetRef().getName()));
                found.as(PodDisruptionBudget.class)
                        .ifPresent(
                                it -> assertSelects(found, objects, it.getSpec().getSelector()));
                found.as(NetworkPolicy.class)
                        .ifPresent(
                                it -> assertSelects(found, objects, it.getSpec().getPodSelector()));
                found.as(Deployment.class)
                        .ifPresent(
                                it -> assertSelects(found, objects, it.getSpec().getSelector()));
                found.as(io.fabric8.kubernetes.api.model.Service.class).ifPresent(it -> {
                    List<PodTemplateSpec> pods = assertSelects(
                            found, objects, new LabelSelector(null, it.getSpec().getSelector()));
                    String port = it.getSpec().getPorts().get(0).getTargetPort().getStrVal();
                    assertTrue(
                            pods.get(0).getSpec().getContainers().get(0).getPorts().stream()
                                    .anyMatch(one -> one.getName().equals(port)),
                            port);
                });
            }
        }
        Manifests.ScaledObject scaled = Manifests.objects("kubernetes/keda").stream()
                .flatMap(found -> found.as(Manifests.ScaledObject.class).stream())
                .findFirst()
                .orElseThrow();
        deployment(scaled.spec().scaleTargetRef().name());
        assertTrue(scaled.spec().minReplicaCount() < scaled.spec().maxReplicaCount());
    }

    @Test
    void config_maps_that_are_read_are_there() {
        Set<String> maps = new HashSet<>();
        for (Manifests.Found found : ALL) if (found.kind().equals("v1/ConfigMap")) maps.add(found.name());
        for (Manifests.Found found : ALL)
            for (Container container : found.containers())
                container.getEnvFrom().forEach(from -> {
                    assertTrue(maps.contains(from.getConfigMapRef().getName()), found::toString);
                    assertNull(from.getSecretRef(), () -> found + ": each secret by its name");
                });
    }

    @Test
    void kustomizations_name_every_file_beside_them_and_every_image() throws IOException {
        List<Path> files = Manifests.files("kubernetes", "kustomization.yaml");
        assertEquals(3, files.size());
        for (Path file : files) {
            Manifests.Kustomization it =
                    (Manifests.Kustomization) Manifests.objects(file).get(0).object();
            Path folder = file.getParent();
            Set<Path> named = new TreeSet<>();
            for (String resource : it.resources()) {
                Path path = folder.resolve(resource).normalize();
                assertTrue(Files.exists(path), path::toString);
                if (Files.isDirectory(path))
                    assertTrue(Files.exists(path.resolve("kustomization.yaml")), path::toString);
                else named.add(path);
            }
            Set<Path> beside = new TreeSet<>(
                    Manifests.files(Manifests.DEPLOY.relativize(folder).toString(), ".yaml"));
            beside.remove(file);
            assertEquals(beside, named);
            if (it.images() != null)
                for (Manifests.Kustomization.Image image : it.images())
                    assertTrue(
                            Manifests.objects(
                                            Manifests.DEPLOY.relativize(folder).toString())
                                    .stream()
                                    .flatMap(found -> found.containers().stream())
                                    .anyMatch(container -> container.getImage().equals(image.name())),
                            image::name);
            if (it.patches() != null)
                for (Manifests.Kustomization.Patch patch : it.patches()) {
                    JsonNode target = new YAMLMapper().readTree(patch.patch());
                    assertTrue(
                            Manifests.objects("kubernetes/base").stream()
                                    .anyMatch(found -> found.kind()
                                                    .equals(target.get("apiVersion")
                                                                    .asText() + "/"
                                                            + target.get("kind").asText())
                                            && found.name()
                                                    .equals(target.at("/metadata/name")
                                                            .asText())),
                            patch::patch);
                }
        }
    }

    @Test
    void a_cron_job_ends_before_it_is_given_up() {
        int jobs = 0;
        for (Manifests.Found found : ALL)
            for (CronJob job : found.as(CronJob.class).stream().toList()) {
                jobs++;
                List<String> args = found.containers().get(0).getArgs();
                long curl = Long.parseLong(args.get(args.indexOf("--max-time") + 1));
                assertTrue(curl < job.getSpec().getJobTemplate().getSpec().getActiveDeadlineSeconds(), found::toString);
                assertTrue(args.contains("%CRON_SECRET"), found::toString);
                assertTrue(
                        found.containers().get(0).getEnv().stream()
                                .anyMatch(env -> env.getName().equals("CRON_SECRET")),
                        found::toString);
            }
        assertEquals(CronEndpoints.paths().size(), jobs);
    }

    private static void deployment(String name) {
        assertTrue(
                Manifests.objects("kubernetes/base").stream()
                        .anyMatch(found -> found.object() instanceof Deployment
                                && found.name().equals(name)),
                () -> "no Deployment " + name);
    }

    /** The pods that a selector means; there must be some. */
    private static List<PodTemplateSpec> assertSelects(
            Manifests.Found found, List<Manifests.Found> objects, LabelSelector selector) {
        List<PodTemplateSpec> pods = objects.stream()
                .flatMap(other -> other.template().stream())
                .filter(pod -> pod.getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(selector.getMatchLabels().entrySet()))
                .toList();
        assertFalse(pods.isEmpty(), found + " selects nothing");
        return pods;
    }
}
